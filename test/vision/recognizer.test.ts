import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Face, Picture } from '../../vision/face.ts';
import { type Recognizer, RecognizerError, startRecognizer } from '../../vision/recognizer.ts';
import { eventually } from '../support/eventually.ts';
import { samplePicture } from '../support/pictures.ts';
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
