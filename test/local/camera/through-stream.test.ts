import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { putMediaService } from '../../../local/aws/kinesis-video/put-media.ts';
import { Uploads } from '../../../local/aws/kinesis-video/uploads.ts';
import { VideoStreams } from '../../../local/aws/kinesis-video/video-streams.ts';
import { startAwsServer } from '../../../local/aws/server.ts';
import { ThroughStream } from '../../../local/camera/through-stream.ts';
import type { Frame } from '../../../producer/camera/frame.ts';
import { unitsWithLengths } from '../../../producer/video/nal-units.ts';
import { makeClip } from '../../support/clip.ts';
import { emptyFolder } from '../../support/folder.ts';
import { type CodedVideo, codedVideo, sdpOf, startOddCamera } from '../../support/odd-camera.ts';
import { uploadsTo } from '../../support/open-upload.ts';
import { brightness } from '../../support/pictures.ts';
import { isLong } from '../../support/rounds.ts';
import { startRtspServer, withoutCoders } from '../../support/rtsp-server.ts';
import { localCredentials } from '../aws/clients.ts';

describe('a camera that is watched through a stream', { concurrency: true }, () => {
  let aws: Awaited<ReturnType<typeof startAwsServer>>;
  let streams: VideoStreams;
  const uploads = new Uploads();
  let clip: string;

  before(async () => {
    streams = new VideoStreams(await emptyFolder());
    aws = await startAwsServer({
      port: 0,
      credentials: localCredentials,
      services: [putMediaService({ streams, uploads, now: Date.now })],
      log: () => {},
    });
    clip = path.join(await emptyFolder(), 'door.mp4');
    const picture = { width: 320, height: 180, data: new Uint8Array(320 * 180 * 3).fill(90) };
    await makeClip([{ picture, seconds: 3 }], clip, { framesPerSecond: 10, width: 320 });
  });

  after(async () => {
    uploads.close();
    await aws.close();
  });

  /** A stream of its own, and cameras before it. */
  async function openStream(t: TestContext) {
    const name = t.name.replaceAll(/[^a-z]/gi, '-').slice(0, 60);
    await streams.create({ name, retentionHours: 1 });
    const cameras = new ThroughStream(Date.now);
    const { media } = uploads.of(name);
    const openUpload = uploadsTo(aws.url, name);
    const connect = () => cameras.connect({ openUpload, frames: (signal) => media.frames(signal) });
    const watch = (address: string, loop = false) =>
      cameras.open(address, { framesPerSecond: 5, signal: t.signal, loop });
    return { connect, watch, upload: uploads.of(name) };
  }

  async function areGrey(frames: readonly Frame[], within: number): Promise<void> {
    for (const { picture } of frames) {
      assert.equal(picture.width, 320);
      assert.ok(Math.abs((await brightness(picture)) - 90) < within);
    }
  }

  async function someOf(frames: AsyncIterable<Frame>, count: number): Promise<Frame[]> {
    const seen: Frame[] = [];
    for await (const frame of frames) if (seen.push(frame) === count) break;
    return seen;
  }

  async function cameraThatShows(t: TestContext, video: CodedVideo) {
    const camera = await startOddCamera({
      sdp: sdpOf(video),
      async play(viewer, signal) {
        for (let number = 0; !signal.aborted; number++) {
          const { units } = video.pictures[number % video.pictures.length]!;
          viewer.sendPicture(units, { time: number * 9000 });
          await delay(100, undefined, { signal });
        }
      },
    });
    t.after(() => camera.stop());
    return camera;
  }

  test('sends its H.264 as it is, once there is a stream', async (t) => {
    const { connect, watch, upload } = await openStream(t);
    const video = await codedVideo(clip);
    const camera = await cameraThatShows(t, video);
    const begun = Date.now();
    const frames = someOf(watch(camera.address), 8);
    await delay(0);
    assert.equal(camera.viewers, 0);
    connect();
    const seen = await frames;
    await areGrey(seen, 6);
    assert.ok(seen[0]!.time >= begun - 500 && seen.at(-1)!.time < Date.now() + 500);
    const [first] = upload.fragments;
    for (const [index, { data }] of first!.frames.entries()) {
      const units = unitsWithLengths(data, 4).map((unit) => Buffer.from(unit));
      assert.deepEqual(
        units,
        video.pictures[index]!.units.map((unit) => Buffer.from(unit)),
      );
    }
  });

  test('is a file: played in its own time to its end, or over and over', async (t) => {
    const { connect, watch } = await openStream(t);
    connect();
    const begun = performance.now();
    const all: Frame[] = [];
    for await (const frame of watch(clip)) all.push(frame);
    assert.ok(performance.now() - begun > 2500, 'in its own time');
    assert.ok(all.at(-1)!.time - all[0]!.time > 1000 && all.length <= 16, `${all.length} pictures`);
    await areGrey(all, 6);
    const looped = await someOf(watch(clip, true), 14);
    assert.ok(looped.every(({ time }, index) => index === 0 || time > looped[index - 1]!.time));
  });

  test('that fails says why, as if it were watched directly', async (t) => {
    const { connect, watch } = await openStream(t);
    connect();
    await assert.rejects(someOf(watch('rtsp://127.0.0.1:1/door'), 1), {
      name: 'CameraError',
      failure: 'unreachable',
    });
    await assert.rejects(someOf(watch('/nowhere/door.mp4'), 1), { name: 'CameraError' });
  });

  test('whose video is not taken says why, until it is', async (t) => {
    const { connect, watch, upload } = await openStream(t);
    connect();
    const disconnect = upload.connect();
    await assert.rejects(someOf(watch(clip, true), 1), {
      name: 'VideoNotTakenError',
      message: /^Another program sends its video in the place of this camera/,
    });
    disconnect();
    assert.equal((await someOf(watch(clip, true), 1)).length, 1);
  });

  // Each starts an encoder, and all take the same way: in a short run one will do.
  for (const coding of isLong ? (['b-frames', 'h265', 'mjpeg'] as const) : (['b-frames'] as const)) {
    test(`sends what cannot be uploaded, and is made anew as H.264: ${coding}`, {
      skip: withoutCoders,
    }, async (t) => {
      const { connect, watch } = await openStream(t);
      connect();
      const camera = await startRtspServer(clip, { coding });
      t.after(() => camera.stop());
      const seen = await someOf(watch(camera.address), 5);
      await areGrey(seen, 10);
    });
  }
});
