import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openCamera } from '../../../producer/camera/camera.ts';
import { CameraError, type CameraFailure } from '../../../producer/camera/camera-error.ts';
import { VideoReader } from '../../../producer/camera/video-reader.ts';
import { makeClip } from '../../support/clip.ts';
import { collect } from '../../support/collect.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyFolder } from '../../support/folder.ts';
import { startOddCamera } from '../../support/odd-camera.ts';
import { isRunning } from '../../support/processes.ts';

let clip: string;

before(async () => {
  clip = path.join(await emptyFolder(), 'door.mp4');
  const picture = { width: 32, height: 18, data: new Uint8Array(32 * 18 * 3).fill(120) };
  await makeClip([{ picture, seconds: 1 }], clip, { framesPerSecond: 10, width: 320 });
});

const failsWith = (failure: CameraFailure) => (error: unknown) =>
  error instanceof CameraError && error.failure === failure;

describe('the process that reads a video', { concurrency: 3 }, () => {
  for (const signal of ['SIGSEGV', 'SIGABRT', 'SIGKILL'] as const) {
    test(`takes nobody with it when it ends by ${signal}, and another one reads on`, async () => {
      const readers: number[] = [];
      const onStart = (pid: number) => readers.push(pid);
      const watching = (async () => {
        for await (const _ of openCamera(clip, { loop: true, onStart })) process.kill(readers[0]!, signal);
      })();
      await assert.rejects(watching, (error) => {
        assert.ok(failsWith('crashed')(error));
        assert.match((error as CameraError).message, /broke down.*started again/);
        assert.match(String((error as CameraError).cause), new RegExp(signal));
        return true;
      });
      assert.ok((await collect(openCamera(clip, { onStart }))).length > 0);
      assert.deepEqual(readers.map(isRunning), [false, false]);
    });
  }

  test('is killed when it is stuck', async (t) => {
    let reader = 0;
    const onStart = (pid: number) => {
      reader = pid;
    };
    const order = {
      ...{ address: clip, pace: 5, longestSide: 320, loop: true, observed: false },
      patience: { first: 10_000, next: 5000 },
    };
    const video = new VideoReader(order, { observer: undefined, onStart, listenEvery: 4000 });
    t.after(() => video.end());
    assert.ok(await video.next(null));
    process.kill(reader, 'SIGSTOP');
    await assert.rejects(async () => {
      // Pictures that were on the way still come.
      while (await video.next(null));
    }, failsWith('crashed'));
    await video.end();
    assert.equal(isRunning(reader), false);
  });

  test('shows its address to nobody', async (t) => {
    let reader = 0;
    const onStart = (pid: number) => {
      reader = pid;
    };
    const camera = await startOddCamera({ on: { OPTIONS: () => {} } });
    t.after(() => camera.stop());
    const stop = new AbortController();
    t.after(() => stop.abort());
    const watching = collect(
      openCamera(camera.address.replace('//', '//joy:s3cret@'), { onStart, signal: stop.signal }),
    );
    await eventually('it asks the camera', () => camera.asked.length > 0);
    const told = await Promise.all(
      ['cmdline', 'environ'].map((name) => readFile(`/proc/${reader}/${name}`, 'utf8')),
    );
    assert.doesNotMatch(told.join(), /s3cret/);
    stop.abort();
    assert.deepEqual(await watching, []);
    assert.equal(isRunning(reader), false);
  });

  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    test(`ends with its parent, ended by ${signal}, in whatever folder it runs`, async () => {
      const program = fileURLToPath(new URL('../../support/camera-owner.ts', import.meta.url));
      const owner = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), program, clip], {
        cwd: tmpdir(),
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = await once(owner.stdout, 'data');
      const reader = Number(String(line).split('\n')[0]);
      assert.ok(isRunning(reader));
      owner.kill(signal);
      await once(owner, 'exit');
      await eventually('the process is gone', () => !isRunning(reader));
    });
  }
});
