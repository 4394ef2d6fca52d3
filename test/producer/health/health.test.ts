import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkHealth, HealthFile } from '../../../producer/health/health.ts';
import { emptyFolder } from '../../support/folder.ts';

describe('the producer’s health', () => {
  let file: string;
  before(async () => {
    file = path.join(await emptyFolder(), 'health.json');
  });
  let now = 1000;
  const isHealthy = () => checkHealth(file, now).healthy;

  test('is not well before it has said so, or when its word is broken', () => {
    assert.equal(isHealthy(), false);
    writeFileSync(file, '{"at":');
    assert.equal(isHealthy(), false);
  });

  test('is well while it waits, and not when it says nothing for a minute', () => {
    const health = new HealthFile(file, () => now);
    health.write(undefined);
    assert.equal(isHealthy(), true);
    now += 60;
    assert.equal(isHealthy(), true);
    now += 1;
    assert.equal(isHealthy(), false);
  });

  test('is not well in a party without a picture for thirty seconds, and well again with the next one', () => {
    const health = new HealthFile(file, () => now);
    const watchFor = (seconds: number, lastFrame: (second: number) => number | undefined) => {
      for (let second = 0; second < seconds; second++) {
        health.write({ lastFrame: lastFrame(second) });
        now += 1;
      }
    };
    watchFor(30, () => undefined);
    assert.equal(isHealthy(), true, 'the camera is being opened');
    watchFor(2, () => undefined);
    assert.equal(isHealthy(), false);
    watchFor(60, (second) => second);
    assert.equal(isHealthy(), true);
    watchFor(40, () => 59);
    assert.equal(isHealthy(), false);
    assert.match(checkHealth(file, now).words, /no picture has come from the camera for \d+ s/);
    health.write(undefined);
    assert.equal(isHealthy(), true, 'the party is over');
  });

  test('of before the machine was started anew is nobody’s', () => {
    new HealthFile(file, () => 5_000_000).write(undefined);
    assert.equal(isHealthy(), false);
  });

  test('is told by the check in words and by its exit code', async () => {
    const program = fileURLToPath(new URL('../../../producer/health/health-check.ts', import.meta.url));
    const check = () =>
      spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), program], {
        env: { ...process.env, HEALTH_FILE: file },
        encoding: 'utf8',
      });
    new HealthFile(file).write(undefined);
    const well = check();
    assert.deepEqual([well.status, well.stdout], [0, 'It waits for a party.\n']);
    rmSync(file);
    const gone = check();
    assert.deepEqual([gone.status, gone.stdout], [1, 'The producer has not said yet how it is.\n']);
  });
});
