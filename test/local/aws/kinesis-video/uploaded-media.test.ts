import assert from 'node:assert/strict';
import { before, describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { elementsIn } from '../../../../local/aws/kinesis-video/ebml-reader.ts';
import type {
  UploadedFragment,
  UploadedFrame,
} from '../../../../local/aws/kinesis-video/uploaded-fragment.ts';
import { Upload } from '../../../../local/aws/kinesis-video/uploads.ts';
import type { Frame } from '../../../../local/aws/media.ts';
import { Fragmenter } from '../../../../producer/video/fragmenter.ts';
import { codedClip } from '../../../support/coded-clip.ts';
import { doorClip } from '../../../support/door-clip.ts';
import { eventually } from '../../../support/eventually.ts';

const noon = Date.UTC(2026, 11, 24, 12);
const framesPerSecond = 10;
/** By so much the producer's clock is behind: milliseconds. */
const late = 40_000;

describe('what is uploaded', () => {
  let frames: UploadedFrame[];
  let fragments: UploadedFragment[];

  before(async () => {
    const { track, pictures } = await codedClip(await doorClip({ seconds: 4, framesPerSecond }));
    const fragmenter = new Fragmenter(track);
    fragments = [];
    for (const picture of pictures) {
      const { begins, time, block } = fragmenter.take(picture, noon + picture.time!)!;
      if (begins) {
        const { width, height, codecPrivate } = begins.track;
        fragments.push({
          number: String(fragments.length),
          producerTime: time,
          serverTime: time + late,
          tracks: [
            { number: 1, codecId: 'V_MPEG4/ISO/AVC', width, height, codecPrivate: Buffer.from(codecPrivate) },
          ],
          frames: [],
        });
      }
      // Before a block's data come its track, offset and flags.
      const data = elementsIn(block)[0]!.content.subarray(4);
      const frame = { time, isKey: begins !== undefined, track: 1, data };
      (fragments.at(-1)!.frames as UploadedFrame[]).push(frame);
    }
    frames = fragments.flatMap((fragment) => fragment.frames);
  });

  function openUpload(t: TestContext) {
    const upload = new Upload();
    t.after(() => upload.media.close());
    const show = (frame: UploadedFrame) =>
      upload.frame(fragments.findLast(({ producerTime }) => producerTime <= frame.time)!, frame);
    const follow = () => {
      const seen: Frame[] = [];
      const stop = new AbortController();
      t.after(() => stop.abort());
      void (async () => {
        for await (const frame of upload.media.frames(stop.signal)) seen.push(frame);
      })();
      return { seen, stop };
    };
    return { upload, show, follow };
  }

  test('is decoded once for all who follow, five pictures a second, each with the fragment that it is in', async (t) => {
    const { upload, show, follow } = openUpload(t);
    const [one, other] = [follow(), follow()];
    const { decoderPid } = upload.media;
    for (const [index, frame] of frames.entries()) {
      show(frame);
      if (index % 2 === 0) await eventually('it is shown', () => one.seen.at(-1)?.time === frame.time);
    }
    const wanted = frames.filter((_, index) => index % 2 === 0).map(({ time }) => time);
    assert.deepEqual(
      one.seen.map(({ time }) => time),
      wanted,
    );
    assert.deepEqual(
      other.seen.map(({ time }) => time),
      wanted,
    );
    for (const { time, fragment, picture } of one.seen) {
      assert.ok(time >= fragment!.producerTime && time < fragment!.producerTime + 1000);
      assert.deepEqual([picture.width, picture.height], [1280, 720]);
    }
    assert.equal(upload.media.decoderPid, decoderPid);
  });

  test('is shown on, from the next key frame, when a frame has crashed the decoder', async (t) => {
    const { upload, show, follow } = openUpload(t);
    const { seen } = follow();
    show(frames[0]!);
    await eventually('it is shown', () => seen.length === 1);
    process.kill(upload.media.decoderPid!, 'SIGKILL');
    await eventually('it is gone', () => upload.media.decoderPid === undefined);
    for (const frame of frames.slice(1, 20)) show(frame);
    await eventually('it is shown again', () => seen.length > 1);
    assert.equal(seen[1]?.time, fragments[1]!.producerTime);
  });

  test('cannot be decoded, and is not shown; what can be, then is', async (t) => {
    const { upload, show, follow } = openUpload(t);
    const { seen } = follow();
    for (const frame of frames.slice(0, 10)) show({ ...frame, data: Buffer.alloc(frame.data.length, 0x42) });
    for (const frame of fragments[1]!.frames) show(frame);
    await eventually('it is shown', () => seen.length > 0);
    assert.equal(seen[0]?.time, fragments[1]!.producerTime);
    assert.ok(upload.media.decoderPid);
  });

  test('is not decoded while nobody follows, and its kept pictures are when they are asked for', async (t) => {
    const { upload, show, follow } = openUpload(t);
    for (const frame of frames) show(frame);
    for (const fragment of fragments) upload.ended(fragment);
    assert.equal(upload.media.decoderPid, undefined);
    const { time } = frames[25]!;
    const pictures = await upload.media.pictures(time - 1000, time + 1000, [time + 20]);
    assert.deepEqual(
      pictures.map((picture) => picture.time),
      [time],
    );
    const came = time + late;
    const byServer = await upload.media.pictures(came - 1000, came + 1000, [came + 20], 'server');
    assert.deepEqual(
      byServer.map((picture) => [picture.time, picture.jpeg]),
      [[came, pictures[0]!.jpeg]],
    );
    const { seen, stop } = follow();
    stop.abort();
    show(frames[0]!);
    await delay(0);
    assert.deepEqual(seen, []);
  });
});
