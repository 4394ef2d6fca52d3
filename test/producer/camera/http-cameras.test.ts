import '../../../producer/camera/with-resolvers.ts';
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { Demuxer, Muxer } from 'node-av/api';
import { cameraFrames } from '../../../producer/camera/camera-frames.ts';
import type { CameraFrame } from '../../../producer/camera/frame.ts';
import { steadyPace } from '../../../producer/camera/pace.ts';
import type { VideoFrame } from '../../../producer/camera/video.ts';
import { encodeJpeg } from '../../../vision/picture.ts';
import { makeClip } from '../../support/clip.ts';
import { emptyFolder } from '../../support/folder.ts';
import { type HttpCamera, startHttpCamera } from '../../support/http-camera.ts';
import { brightness } from '../../support/pictures.ts';

const patience = { first: 60_000, next: 30_000 };
const shade = 90;
const picture = { width: 320, height: 180, data: new Uint8Array(320 * 180 * 3).fill(shade) };

describe('a camera that is asked by HTTP', { concurrency: true }, () => {
  let camera: HttpCamera;

  before(async () => {
    const folder = await emptyFolder();
    const [recording, live] = [path.join(folder, 'door.mp4'), path.join(folder, 'live.mp4')];
    await makeClip([{ picture, seconds: 2 }], recording, { framesPerSecond: 10, width: 320 });
    await intoFragments(recording, live);
    const jpeg = await encodeJpeg(picture);
    camera = await startHttpCamera({
      picture: () => jpeg,
      recording,
      live,
      login: { user: 'joy', password: 'a #1:é' },
    });
  });

  after(() => camera.stop());

  async function watch(t: TestContext, where: string, count: number): Promise<CameraFrame[]> {
    const seen: CameraFrame[] = [];
    const address = where.startsWith('http') ? where : camera.address + where;
    const options = {
      picture: (frame: VideoFrame) => frame.jpeg(),
      pace: steadyPace(5),
      longestSide: 1280,
      patience,
      loop: undefined,
      signal: t.signal,
    };
    for await (const frame of cameraFrames(address, options)) if (seen.push(frame) === count) break;
    for (const { picture: shown } of seen) {
      assert.deepEqual([shown.width, shown.height], [320, 180]);
      assert.ok(Math.abs((await brightness(shown)) - shade) < 6);
    }
    return seen;
  }

  for (const where of ['/video.mjpg', '/api/stream.mjpeg?src=door', '/api/stream.mp4?src=door']) {
    test(`shows what is sent live: ${where}`, async (t) => {
      const begun = Date.now();
      const seen = await watch(t, where, 4);
      assert.ok(seen.every(({ time }) => time >= begun && time <= Date.now()));
    });
  }

  for (const where of ['/snapshot.jpg', '/api/frame.jpeg?src=door']) {
    test(`is asked for its picture again and again, twice a second: ${where}`, async (t) => {
      const seen = await watch(t, where, 3);
      assert.ok(seen[2]!.time - seen[0]!.time >= 500);
    });
  }

  test('has a recording: it is played in its own time, to its end', async (t) => {
    const seen = await watch(t, '/door.mp4', 99);
    const lasts = seen.at(-1)!.time - seen[0]!.time;
    assert.ok(lasts > 1500 && lasts < 2000, `${lasts} ms`);
  });

  test('is logged in to with Digest, whatever the password is made of', async (t) => {
    const login = `${encodeURIComponent('joy')}:${encodeURIComponent('a #1:é')}`;
    await watch(t, `http://${login}@127.0.0.1:${camera.port}/locked.jpg`, 2);
  });

  test('that gives no picture says why', async (t) => {
    const failureOf = async (where: string) =>
      await watch(t, where, 1).then(
        () => assert.fail('There is a picture.'),
        ({ failure }) => failure,
      );
    assert.equal(await failureOf('/locked.jpg'), 'refused');
    assert.equal(await failureOf('/nothing.jpg'), 'missing');
    assert.equal(await failureOf('/broken'), 'declined');
    assert.equal(await failureOf('/page'), 'unreadable');
    assert.equal(await failureOf('http://127.0.0.1:1/snapshot.jpg'), 'unreachable');
  });
});

/** The same video as it is sent while it is made: in fragments, and with no word of how long it is. */
async function intoFragments(from: string, to: string): Promise<void> {
  const input = await Demuxer.open(from);
  const output = await Muxer.open(to, {
    format: 'mp4',
    options: { movflags: 'frag_every_frame+empty_moov+default_base_moof' },
  });
  const stream = output.addStream(input.video()!);
  for await (const packet of input.packets(input.video()!.index)) {
    if (!packet) break;
    await output.writePacket(packet, stream);
    packet.free();
  }
  await output.close();
  await input.close();
}
