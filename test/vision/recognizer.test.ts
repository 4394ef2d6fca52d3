import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Face, Picture } from '../../vision/face.ts';
import { type Recognizer, startRecognizer } from '../../vision/recognizer.ts';
import { RecognizerError } from '../../vision/recognizer-error.ts';
import { eventually } from '../support/eventually.ts';
import { jpegOf, samplePicture } from '../support/pictures.ts';
import { isRunning } from '../support/processes.ts';

const places = (faces: readonly Face[]) => faces.map(({ box }) => box);

/** Runs a test with a recognizer, and with the process ids of its engines as they are started. */
async function withRecognizer(run: (recognizer: Recognizer, engines: number[]) => Promise<void>) {
  const engines: number[] = [];
  const recognizer = await startRecognizer({ threads: 1, onStart: (pid) => engines.push(pid) });
  try {
    await run(recognizer, engines);
  } finally {
    await recognizer.close();
  }
}

describe('the recognizer', { concurrency: 2 }, () => {
  test('an engine killed in the middle of frames comes back, and no result is mixed up', async () => {
    await withRecognizer(async (recognizer, engines) => {
      const pictures: Picture[] = [];
      for (const number of [1, 2, 4, 5, 6] as const) pictures.push(await samplePicture(number));
      const expected = [];
      for (const picture of pictures) expected.push(places(await recognizer.find(picture, 'live')));

      const asked = pictures.map((picture) => recognizer.find(picture, 'live'));
      await asked[1];
      process.kill(engines[0]!, 'SIGKILL');
      const found = await Promise.all(asked);

      assert.deepEqual(found.map(places), expected);
      assert.equal(engines.length, 2);
      assert.notEqual(engines[0], engines[1]);
    });
  });

  test('an engine killed at rest is started again without being asked', async () => {
    await withRecognizer(async (recognizer, engines) => {
      process.kill(engines[0]!, 'SIGKILL');
      await eventually('another engine is ready', () => engines.length === 2);
      assert.equal((await recognizer.find(await samplePicture(1), 'live')).length, 3);
    });
  });

  test('a picture that is none is refused, and the next one is looked at', async () => {
    await withRecognizer(async (recognizer) => {
      const broken = { width: 100, height: 100, data: new Uint8Array(5) };
      await assert.rejects(recognizer.find(broken, 'live'), RecognizerError);
      assert.equal((await recognizer.find(await samplePicture(1), 'live')).length, 3);
    });
  });

  test('a picture that it has begun with has the same faces, whatever is asked meanwhile', async () => {
    await withRecognizer(async (recognizer) => {
      const [a, b] = [await jpegOf(await samplePicture(1)), await jpegOf(await samplePicture(2))];
      const look = { shifted: true, tile: { left: 200, top: 100, width: 640, height: 200 } };
      const [ofA, ofB] = [await recognizer.find(a, 'live', look), await recognizer.find(b, 'live')];
      assert.equal(ofA.length, 3);

      recognizer.prepare!(a);
      const other = recognizer.find(b, 'live');
      assert.deepEqual(await recognizer.find(a, 'live', look), ofA);
      assert.deepEqual(await other, ofB);
      recognizer.prepare!(a);
      recognizer.prepare!(b);
      const both = [recognizer.find(a, 'live', look), recognizer.find(b, 'live')];
      // While those are looked at, it begins with a third.
      recognizer.prepare!(a);
      assert.deepEqual(await Promise.all([...both, recognizer.find(a, 'live', look)]), [ofA, ofB, ofA]);
    });
  });

  test('it says once when it is nearly done, of a picture without a face too', async () => {
    await withRecognizer(async (recognizer) => {
      const nobody = { width: 1280, height: 720, data: new Uint8Array(1280 * 720 * 3) };
      for (const picture of [await samplePicture(1), nobody]) {
        const events: string[] = [];
        const found = recognizer.find(picture, 'live', {}, () => events.push('nearly done'));
        await found.then(() => events.push('done'));
        assert.deepEqual(events, ['nearly done', 'done']);
      }
    });
  });

  test('what it has begun with is looked at though the engine dies, and refused if it is no picture', async () => {
    await withRecognizer(async (recognizer, engines) => {
      const picture = await jpegOf(await samplePicture(1));
      recognizer.prepare!(picture);
      await recognizer.find(await samplePicture(2), 'live');
      process.kill(engines[0]!, 'SIGKILL');
      assert.equal((await recognizer.find(picture, 'live')).length, 3);

      const broken = { width: 1280, height: 720, jpeg: Buffer.from('ffd8ff00', 'hex') };
      recognizer.prepare!(broken);
      await assert.rejects(recognizer.find(broken, 'live'), RecognizerError);
      assert.equal((await recognizer.find(picture, 'live')).length, 3);
    });
  });

  test('closing ends the engine and rejects what was still asked', async () => {
    await withRecognizer(async (recognizer, engines) => {
      const picture = await samplePicture(1);
      const asked = [recognizer.find(picture, 'live'), recognizer.find(picture, 'live')];
      const rejected = asked.map((find) => assert.rejects(find, RecognizerError));
      await recognizer.close();
      await Promise.all(rejected);
      await assert.rejects(recognizer.find(picture, 'live'), RecognizerError);
      assert.equal(isRunning(engines[0]!), false);
      assert.equal(engines.length, 1);
    });
  });

  test('an engine that cannot start says why', async () => {
    await assert.rejects(startRecognizer({ threads: -7 }), RecognizerError);
  });

  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    test(`the engine ends with its parent, ended by ${signal}, in whatever folder it runs`, async () => {
      const owner = startOwner();
      const engine = await firstNumber(owner);
      assert.ok(isRunning(engine));
      owner.kill(signal);
      await once(owner, 'exit');
      await eventually('the engine is gone', () => !isRunning(engine));
    });
  }
});

/** A program that has a recognizer, running in a folder that has nothing to do with the project. */
function startOwner(): ChildProcess {
  const program = fileURLToPath(new URL('../support/recognizer-owner.ts', import.meta.url));
  return spawn(process.execPath, ['--import', import.meta.resolve('tsx'), program], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function firstNumber(program: ChildProcess): Promise<number> {
  const [line] = await once(program.stdout!, 'data');
  return Number(String(line).trim());
}
