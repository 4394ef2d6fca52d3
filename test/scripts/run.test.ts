import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const launcher = fileURLToPath(new URL('scripts/run.mjs', root));
const source = readFileSync(new URL('scripts/launch.mjs', root), 'utf8');

function run(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

test('each script of package.json is a command of the launcher, and each command’s program is there', () => {
  const commands = new Map(
    [...source.matchAll(/^ {2}'?([\w-]+)'?: \{ program: '([^']+)'/gm)].map(([, name, program]) => [
      name,
      program,
    ]),
  );
  assert.ok(commands.size >= 12);
  for (const program of commands.values()) assert.ok(existsSync(new URL(program!, root)), program);

  const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  const called = Object.values<string>(scripts).flatMap(
    (script) => /^node (?:--\S+ )?scripts\/run\.mjs (\S+)/.exec(script)?.[1] ?? [],
  );
  assert.deepEqual([...new Set(called)].sort(), [...commands.keys()].sort());
});

test('the oldest Node is the one that package.json names', () => {
  const { engines } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  const [, major, minor] = /var oldest = \[(\d+), (\d+)\];/.exec(readFileSync(launcher, 'utf8')) ?? [];
  assert.equal(engines.node, `>=${major}.${minor}`);
});

test('a command that is none is refused with those that there are', () => {
  const { status, output } = run('strat');
  assert.equal(status, 2);
  assert.match(output, /no command "strat"\. There are: start, producer, /);
});

test('a program finds its options, and its exit code is the command’s', () => {
  assert.match(run('start', '--help').output, /--aws-port 4566/);
  const { status, output } = run('start', '--colour');
  assert.equal(status, 2);
  assert.match(output, /--colour[\s\S]*--help/);
});

test('words that no test file’s name contains are refused', () => {
  const { status, output } = run('test', 'no-such-file');
  assert.equal(status, 1);
  assert.match(output, /No test file's name contains no-such-file/);
});

test('a run of no test at all is refused', () => {
  const unit = run('test', '--unit', 'test/road.test');
  assert.equal(unit.status, 1);
  assert.match(unit.output, /No unit test file's name contains test\/road\.test/);
  for (const jobs of ['0', '-1', 'two']) {
    const { status, output } = run('test', `--jobs=${jobs}`);
    assert.equal(status, 2);
    assert.match(output, /--jobs takes a number from 1 on/);
  }
});
