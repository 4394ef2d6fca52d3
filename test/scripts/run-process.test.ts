import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type Outcome, runProcess } from '../../scripts/test/run-process.ts';
import { anyFailed, costsOf, count, summary } from '../../scripts/test/summary.ts';
import { eventually } from '../support/eventually.ts';
import { emptyFolder } from '../support/folder.ts';
import { isRunning } from '../support/processes.ts';

/** Runs a test file with this content as the runner does. */
async function outcomeOf(content: string, limit = 120_000): Promise<Outcome> {
  const folder = await emptyFolder();
  writeFileSync(
    path.join(folder, 'a.test.mjs'),
    `import { after, describe, test } from 'node:test';\n${content}`,
  );
  return runProcess({ name: 'a.test.mjs', args: ['a.test.mjs'] }, folder, limit);
}

const none = { tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
const closing = (outcomes: Outcome[]): string =>
  summary(outcomes, { costs: {}, took: 1000, jobs: 2, rows: 20 });

describe('a test file in its own process', { concurrency: 2 }, () => {
  test('is counted as node counts it, with its tests in tests, skipped ones and suites', async () => {
    const outcome = await outcomeOf(`
      test('outer', async (t) => { await t.test('inner', () => {}); });
      describe('group', () => { test('in a group', () => {}); });
      test('not here', { skip: 'needs a browser' }, () => {});
      test('some day', { todo: 'soon' }, () => { throw new Error('not yet'); });
    `);
    assert.deepEqual(count([outcome]), { ...none, tests: 5, suites: 1, pass: 3, skipped: 1, todo: 1 });
    assert.equal(anyFailed([outcome]), false);
    assert.match(outcome.output, /✔ in a group/);
    assert.doesNotMatch(outcome.output, /^ℹ tests/m, 'the counts are said once, at the end');
    assert.match(closing([outcome]), /Skipped\n {2}not here: needs a browser\n/);
    assert.match(closing([outcome]), /^ℹ tests 5$/m);
    assert.match(closing([outcome]), /^ℹ duration_ms 1000$/m);
  });

  test('fails with the place and the reason, and what it printed is shown', async () => {
    const outcome = await outcomeOf(`
      test('adds up', () => { console.log('on stdout'); console.error('on stderr'); throw new Error('2 is not 3'); });
      test('holds', () => {});
    `);
    assert.deepEqual(count([outcome]), { ...none, tests: 2, pass: 1, fail: 1 });
    assert.equal(anyFailed([outcome]), true);
    assert.match(outcome.output, /on stdout[\s\S]*✖ adds up/);
    assert.match(outcome.output, /on stderr/);
    assert.match(closing([outcome]), /failing tests:\n[\s\S]*a\.test\.mjs:3:\d+\n✖ adds up[\s\S]*2 is not 3/);
  });

  test('fails when a hook of a group fails, though all of its tests pass', async () => {
    const outcome = await outcomeOf(
      `describe('group', () => { after(() => { throw new Error('not tidy'); }); test('passes', () => {}); });`,
    );
    assert.equal(anyFailed([outcome]), true);
  });

  test('fails when nobody caught an error, which is shown with its place', async () => {
    const outcome = await outcomeOf(`
      const wait = () => new Promise((resolve) => setTimeout(resolve, 50));
      test('throws aside', async () => { setTimeout(() => { throw new Error('thrown aside'); }); await wait(); });
      test('rejects aside', async () => { Promise.reject(new Error('rejected aside')); await wait(); });
    `);
    assert.equal(anyFailed([outcome]), true);
    for (const said of ['thrown', 'rejected'])
      assert.match(outcome.output, new RegExp(`Error: ${said} aside\\n +at .*a\\.test\\.mjs:\\d+`));
  });

  test('tells what it took of the processors, with what it started', async () => {
    const spinning = 'const begin = Date.now(); while (Date.now() < begin + 300);';
    const outcome = await outcomeOf(`
      import { spawnSync } from 'node:child_process';
      test('starts a process', () => { spawnSync(process.execPath, ['-e', '${spinning}']); });
    `);
    // A busy machine gives a process less than the time that passes.
    const least = process.platform === 'linux' ? 50 : 0;
    assert.ok(outcome.spent > least && outcome.spent <= outcome.took * 2, `${outcome.spent}`);
  });

  test('fails when it cannot be loaded', async () => {
    const outcome = await outcomeOf(`await import('./not-there.mjs');`);
    assert.deepEqual(count([outcome]), { ...none, tests: 1, fail: 1 });
    assert.match(outcome.fault ?? '', /exit code \d+, though none of its tests failed/);
    assert.match(outcome.output, /not-there\.mjs/);
    assert.match(closing([outcome]), /failing tests:\n✖ a\.test\.mjs ended with exit code/);
  });

  test('fails when it ends with an exit code after its tests passed', async () => {
    const outcome = await outcomeOf(
      `test('fine', () => {}); process.on('exit', () => { process.exitCode = 3; });`,
    );
    assert.deepEqual(count([outcome]), { ...none, tests: 2, pass: 1, fail: 1 });
    assert.match(outcome.fault ?? '', /exit code 3/);
  });

  test('fails when it ends before its tests do, or has none', async () => {
    const early = await outcomeOf(
      `test('fine', () => {}); test('leaves', () => process.exit(0)); test('late', () => {});`,
    );
    assert.equal(anyFailed([early]), true);
    assert.match(early.fault ?? '', /ended before its tests did, or has none/);
    assert.match((await outcomeOf('')).fault ?? '', /ended before its tests did, or has none/);
  });

  test('fails when it ends with an exit code, though a test of it is only still to be made work', async () => {
    const outcome = await outcomeOf(
      `test('some day', { todo: true }, () => { throw new Error('not yet'); }); process.on('exit', () => { process.exitCode = 3; });`,
    );
    assert.match(outcome.fault ?? '', /exit code 3/);
  });

  test('is stopped at the limit, with all that it started, and named with the test that ran and what it said', async () => {
    const outcome = await outcomeOf(
      `
      const { spawn } = await import('node:child_process');
      test('fails first', () => { throw new Error('2 is not 3'); });
      test('waits for ever', async () => {
        const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
        console.log('child ' + child.pid);
        await new Promise(() => setInterval(() => {}, 1000));
      });
    `,
      10_000,
    );
    assert.match(
      outcome.fault ?? '',
      /stopped after 10 s in which no test began or ended\. What ran then: "waits for ever"\./,
    );
    assert.deepEqual(count([outcome]), { ...none, tests: 2, fail: 2 });
    assert.match(closing([outcome]), /✖ fails first\n[\s\S]*2 is not 3[\s\S]*✖ a\.test\.mjs was stopped/);
    const pid = Number(/child (\d+)/.exec(outcome.output)?.[1]);
    assert.ok(pid > 0, outcome.output);
    await eventually('its child has ended', () => !isRunning(pid));
  });

  test('is stopped at the limit when it blocks its process', async () => {
    const outcome = await outcomeOf(
      `test('quick', () => {}); test('blocks', () => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); });`,
      10_000,
    );
    assert.match(outcome.fault ?? '', /stopped after 10 s in which no test began or ended\..* blocked/);
  });
});

test('files that share a process have the time of their tests, and the rest is the process’s', () => {
  const test = { type: 'end', name: 'x', suite: false, ok: true, cancelled: false } as const;
  const outcome: Outcome = {
    name: 'unit',
    output: '',
    failures: '',
    fault: undefined,
    took: 100,
    spent: 80,
    ended: [
      { ...test, nesting: 0, file: '/p/test/a.test.ts', took: 20, spent: 30 },
      { ...test, nesting: 1, file: '/p/test/a.test.ts', took: 15, spent: 35 },
      { ...test, nesting: 0, file: '/p/test/a.test.ts', took: 20, spent: 40 },
      { ...test, nesting: 0, file: '/p/test/b.test.ts', took: 30, spent: 65 },
    ],
  };
  const alone: Outcome = { ...outcome, name: 'test/c.test.ts', ended: [], took: 7, spent: 5 };
  assert.deepEqual(costsOf('/p', [outcome, alone]), {
    'test/a.test.ts': { took: 40, spent: 10 },
    'test/b.test.ts': { took: 30, spent: 25 },
    'unit: starting and loading': { took: 30, spent: 45 },
    'test/c.test.ts': { took: 7, spent: 5 },
  });
});
