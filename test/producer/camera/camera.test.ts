import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { openCamera } from '../../../producer/camera/camera.ts';
import { CameraError, type CameraFailure } from '../../../producer/camera/camera-error.ts';
import type { Frame } from '../../../producer/camera/frame.ts';
import type { Picture } from '../../../vision/face.ts';
import { decodePicture } from '../../../vision/picture.ts';
import { makeClip } from '../../support/clip.ts';
import { collect } from '../../support/collect.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyFolder } from '../../support/folder.ts';
import { brightness } from '../../support/pictures.ts';
import { startRtspServer, withoutRtspServer } from '../../support/rtsp-server.ts';

const plain = (value: number): Picture => ({
  width: 128,
  height: 72,
  data: new Uint8Array(128 * 72 * 3).fill(value),
});

const failsWith = (failure: CameraFailure) => (error: unknown) =>
  error instanceof CameraError && error.failure === failure;

/** Nothing of this process runs for so many milliseconds, as on a machine that sleeps. */
const standStill = (milliseconds: number) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/**
 * A busy machine leaves some frames out and moves none: those that came are in their places among those that were due
 * (which lie a little off where the video has no picture at that moment).
 */
function assertDue(frames: readonly Frame[], every: number, count: number): void {
  const begin = frames[0]!.time;
  const places = frames.map(({ time }) => Math.round((time - begin) / every));
  const due = Array.from({ length: count }, (_, place) => place);
  assert.deepEqual(
    places,
    due.filter((place) => places.includes(place)),
  );
  assert.ok(places.length > count * 0.7, `${places.length} of ${count} frames`);
}

const watchAll = (address: string) => collect(openCamera(address));

describe('a camera', () => {
  let clip: string;
  let folder: string;

  before(async () => {
    folder = await emptyFolder();
    clip = path.join(folder, 'door.mp4');
    await makeClip(
      [
        { picture: plain(60), seconds: 1 },
        { picture: plain(200), seconds: 1 },
      ],
      clip,
    );
  });

  describe('that is a file', () => {
    test('gives its pictures five times a second, at the times they would have been seen', async () => {
      const start = Date.now();
      const frames = await watchAll(clip);
      assertDue(frames, 200, 10);
      const begin = frames[0]!.time;
      assert.ok(begin >= start);
      for (const frame of frames) {
        assert.deepEqual([frame.picture.width, frame.picture.height], [1280, 720]);
        const expected = frame.time - begin < 1000 ? 60 : 200;
        const found = await brightness(frame.picture);
        assert.ok(Math.abs(found - expected) < 8, `${found}, not ${expected}`);
      }
      assert.ok(Date.now() >= frames.at(-1)!.time, 'no frame is shown before its time');
    });

    test('gives as many frames as asked for, as small as asked for', async () => {
      const camera = openCamera(clip, { framesPerSecond: 10, longestSide: 320 });
      const frames = await collect(camera);
      assertDue(frames, 100, 20);
      const { width, height, jpeg } = frames[0]!.picture;
      const decoded = await decodePicture(jpeg);
      assert.deepEqual([width, height, decoded.width, decoded.height], [320, 180, 320, 180]);
    });

    test('gives a slow user the newest frame and no backlog', async () => {
      const frames: Frame[] = [];
      for await (const frame of openCamera(clip, { framesPerSecond: 10 })) {
        frames.push(frame);
        if (frames.length > 1) continue;
        await eventually('most of the clip is over', () => Date.now() > frame.time + 1500);
      }
      assert.ok(frames[1]!.time - frames[0]!.time >= 1000);
      assert.ok(frames.length <= 10, String(frames.length));
    });

    test('goes on from now when the machine was asleep, and no frame says that it was watched meanwhile', async () => {
      const times: number[] = [];
      const readers: number[] = [];
      for await (const { time } of openCamera(clip, { onStart: (pid) => readers.push(pid) })) {
        times.push(time);
        if (times.length !== 3) continue;
        process.kill(readers[0]!, 'SIGSTOP');
        standStill(3000);
        process.kill(readers[0]!, 'SIGCONT');
      }
      const pauses = times.slice(1).map((time, index) => time - times[index]!);
      assert.equal(pauses.filter((pause) => pause > 2000).length, 1, `pauses: ${pauses}`);
      assert.ok(times.length >= 9, 'what was to be shown is shown after it');
    });

    test('begins again at its end when it loops, its times going on', async () => {
      const times: number[] = [];
      for await (const { time } of openCamera(clip, { loop: true })) {
        times.push(time);
        if (times.length === 13) break;
      }
      for (const [i, time] of times.entries()) {
        if (i > 0) assert.ok(time > times[i - 1]!, times.join());
      }
    });

    test('ends with its signal, before it was opened or after', async () => {
      assert.deepEqual(await collect(openCamera(clip, { signal: AbortSignal.abort() })), []);
      const stop = new AbortController();
      let frames = 0;
      for await (const _ of openCamera(clip, { loop: true, signal: stop.signal })) {
        frames += 1;
        stop.abort();
      }
      assert.equal(frames, 1);
    });

    test('that is not there, is a folder or is no video, says so', async () => {
      const text = path.join(folder, 'notes.mp4');
      await writeFile(text, 'Not a video at all.');
      await assert.rejects(watchAll(path.join(folder, 'none.mp4')), failsWith('missing'));
      await assert.rejects(watchAll(folder), failsWith('unreadable'));
      await assert.rejects(watchAll(text), failsWith('unreadable'));
    });

    test('with sound only says that it has no picture', async () => {
      const sound = path.join(folder, 'sound.wav');
      await writeFile(sound, silence(8000));
      await assert.rejects(watchAll(sound), failsWith('no video'));
    });
  });

  describe('that speaks RTSP', { skip: withoutRtspServer, concurrency: 3 }, () => {
    test('gives its pictures at the time they are seen, until it stops', async (t) => {
      const server = await startRtspServer(clip);
      t.after(() => server.stop());
      const frames: Frame[] = [];
      const start = Date.now();
      const watching = (async () => {
        for await (const frame of openCamera(server.address)) frames.push(frame);
      })();
      await assert.rejects(watching, failsWith('ended'));
      assert.ok(frames.length >= 5, String(frames.length));
      assert.ok(frames.every(({ time }) => time >= start && time <= Date.now()));
      const shades = await Promise.all(frames.map(({ picture }) => brightness(picture)));
      assert.ok(shades.some((shade) => Math.abs(shade - 200) < 8));
    });

    test('is opened with its user and password, and refuses others', async (t) => {
      const login = { user: 'door', password: 'h@se/n0ta' };
      const server = await startRtspServer(clip, { login });
      t.after(() => server.stop());
      for await (const { picture } of openCamera(server.address)) {
        assert.equal(picture.width, 1280);
        break;
      }
      for (const wrong of [server.address.replace('n0ta', 'nota'), server.address.replace(/\/\/.*@/, '//')]) {
        await assert.rejects(watchAll(wrong), (error: unknown) => {
          assert.ok(failsWith('refused')(error));
          assert.doesNotMatch(
            JSON.stringify([String(error), String((error as Error).cause)]),
            /n0ta|nota|door:/,
          );
          return true;
        });
      }
    });

    test('says what is wrong with its path, or that nobody answers', async (t) => {
      const server = await startRtspServer(clip);
      t.after(() => server.stop());
      await assert.rejects(watchAll(`rtsp://127.0.0.1:${server.port}/other`), failsWith('missing'));
      await server.stop();
      await assert.rejects(watchAll(server.address), failsWith('unreachable'));
    });

    test('that freezes, its connection still open, says that it stopped', async (t) => {
      const server = await startRtspServer(clip);
      t.after(() => server.stop());
      const watching = (async () => {
        for await (const _ of openCamera(server.address)) server.freeze();
      })();
      await assert.rejects(watching, failsWith('ended'));
    });

    test('ends at once with its signal, even while a camera that froze is being opened', async (t) => {
      const server = await startRtspServer(clip);
      t.after(() => server.stop());
      server.freeze();
      const stop = new AbortController();
      const watching = collect(openCamera(server.address, { signal: stop.signal }));
      stop.abort();
      assert.deepEqual(await watching, []);
    });

    test('that is switched off in the middle says that it stopped', async (t) => {
      const server = await startRtspServer(clip);
      t.after(() => server.stop());
      const watching = (async () => {
        for await (const _ of openCamera(server.address)) await server.stop();
      })();
      await assert.rejects(watching, failsWith('ended'));
    });
  });
});

/** A second of silence as a WAV file. */
function silence(samplesPerSecond: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samplesPerSecond * 2, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(samplesPerSecond, 24);
  header.writeUInt32LE(samplesPerSecond * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samplesPerSecond * 2, 40);
  return Buffer.concat([header, Buffer.alloc(samplesPerSecond * 2)]);
}
