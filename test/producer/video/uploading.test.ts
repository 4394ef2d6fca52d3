import assert from 'node:assert/strict';
import { before, describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { putMediaService } from '../../../local/aws/kinesis-video/put-media.ts';
import { Uploads } from '../../../local/aws/kinesis-video/uploads.ts';
import { VideoStreams } from '../../../local/aws/kinesis-video/video-streams.ts';
import { startAwsServer } from '../../../local/aws/server.ts';
import { unitsWithLengths } from '../../../producer/video/nal-units.ts';
import { uploadDoor } from '../../../producer/video/uploading.ts';
import { localCredentials } from '../../local/aws/clients.ts';
import { doorClip } from '../../support/door-clip.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyFolder } from '../../support/folder.ts';
import { keptLog } from '../../support/log.ts';
import { type CodedVideo, codedVideo, lines, sdpOf, startOddCamera } from '../../support/odd-camera.ts';
import { uploadsTo } from '../../support/open-upload.ts';

const patience = 60_000;

describe('a camera’s video, uploaded', { concurrency: true }, () => {
  let video: CodedVideo;

  before(async () => {
    video = await codedVideo(await doorClip({ seconds: 2, framesPerSecond: 10 }));
  });

  /** A camera that shows the video over and over, ten pictures a second, and an upload of it. */
  async function upload(
    t: TestContext,
    {
      timeOf = (number: number) => number * 9000,
      of = video,
      sdp = sdpOf(of),
    }: { timeOf?: (number: number) => number; of?: CodedVideo; sdp?: string } = {},
  ) {
    const sent: number[] = [];
    const camera = await startOddCamera({
      sdp,
      async play(viewer, signal) {
        for (let number = 0; !signal.aborted; number++) {
          sent.push(Date.now());
          viewer.sendPicture(of.pictures[number % of.pictures.length]!.units, { time: timeOf(number) });
          await delay(100, undefined, { signal });
        }
      },
    });
    const streams = new VideoStreams(await emptyFolder());
    await streams.create({ name: 'front-door', retentionHours: 1 });
    const uploads = new Uploads();
    const aws = await startAwsServer({
      port: 0,
      credentials: localCredentials,
      services: [putMediaService({ streams, uploads, now: Date.now })],
      log: () => {},
    });
    const log = keptLog();
    let changes = 0;
    const watching = uploadDoor(
      {
        camera: camera.address,
        open: uploadsTo(aws.url),
        now: Date.now,
        log,
        cameraPauses: { first: 100, longest: 500 },
      },
      () => {
        changes += 1;
      },
    );
    t.after(async () => {
      await watching.stop();
      await camera.stop();
      await aws.close();
    });
    return { camera, sent, uploads: uploads.of('front-door'), watching, log, changes: () => changes };
  }

  test('comes out of the other end bit for bit, when it was taken, a fragment a key frame', async (t) => {
    const { uploads, watching, sent } = await upload(t);
    await eventually('four fragments are kept', () => uploads.fragments.length >= 4, patience);
    const frames = uploads.fragments.flatMap((fragment) => fragment.frames);
    const units = (index: number) =>
      video.pictures[index % video.pictures.length]!.units.map((unit) => Buffer.from(unit));
    for (const [index, { data, isKey, time }] of frames.entries()) {
      assert.deepEqual(
        unitsWithLengths(data, 4).map((unit) => Buffer.from(unit)),
        units(index),
        `picture ${index}`,
      );
      assert.equal(isKey, index % 10 === 0);
      assertTaken(time, sent[index]!, frames[index - 1]?.time);
    }
    const { problem, frames: count, lastFrame, dropped } = watching.report();
    assert.deepEqual([problem, dropped], [undefined, 0]);
    assert.ok(count >= 40 && lastFrame! >= frames.at(-1)!.time);
    await watching.stop();
    const kept = uploads.fragments.flatMap((fragment) => fragment.frames).length;
    assert.equal(kept, watching.report().frames, 'what was seen at the end is there too');
  });

  test('goes on when the camera’s clock begins anew, and loses nothing that can be decoded', async (t) => {
    const { uploads, sent } = await upload(t, {
      timeOf: (number) => (number < 20 ? number * 9000 + 5e8 : (number - 20) * 9000),
    });
    await eventually('four fragments are kept', () => uploads.fragments.length >= 4, patience);
    const frames = uploads.fragments.flatMap((fragment) => fragment.frames);
    for (const [index, { time }] of frames.entries())
      assertTaken(time, sent[index]!, frames[index - 1]?.time);
    assert.ok(frames.length >= 40);
  });

  test('of H.265 or with B-frames is refused in words for the host, and nothing is sent', async (t) => {
    const { uploads, watching, log } = await upload(t, { sdp: h265(video) });
    const isRefused = () => watching.report().problem?.startsWith('The camera sends H.265') === true;
    await eventually('it is refused', isRefused, patience);
    assert.ok(log.lines.some((line) => line.includes('unfit')));

    const withB = {
      ...video,
      pictures: video.pictures.map((picture, index) => (index === 5 ? bPicture : picture)),
    };
    const other = await upload(t, { of: withB });
    const hasB = () => other.watching.report().problem?.includes('B-frames') === true;
    await eventually('it is refused', hasB, patience);
    assert.equal(uploads.isUsed || other.uploads.isUsed, false);
    await eventually('it was tried again', () => other.camera.viewers > 2, patience);
    assert.equal(other.changes(), 1, 'and said once');
  });
});

/** Each later than the one before, and about when the camera sent it: how busy this machine is may be in between. */
function assertTaken(time: number, sent: number, before = 0): void {
  assert.ok(time > before, `${time} comes after ${before}`);
  assert.ok(Math.abs(time - sent) < 3000, `taken at ${time}, sent at ${sent}`);
}

const bPicture = { isKeyframe: false, units: [Uint8Array.from([0x01, 0b1_010_0000, 0x80])] };

/** What a camera says of itself that sends H.265. */
const h265 = (video: CodedVideo): string =>
  sdpOf(video)
    .replace('H264/90000', 'H265/90000')
    .replace(/a=fmtp:.*\r\n/, lines('a=fmtp:96 sprop-vps=QAEMAf//AWAAAAMAkAAAAwAAAwBdugJA'));
