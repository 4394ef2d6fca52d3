import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventually } from '../../support/eventually.ts';
import { run } from '../../support/program.ts';

const stubborn = fileURLToPath(new URL('../../support/stubborn-program.ts', import.meta.url));

test('a program whose end hangs ends when its time is up, and says so', async (t) => {
  const program = run(t, ['hang'], {}, stubborn);
  await eventually('it runs', () => program.output().includes('Ready.'));
  program.child.kill('SIGTERM');
  await program.ended;
  assert.equal(program.child.signalCode, 'SIGKILL');
  assert.match(program.output(), /did not end in time/);
});

test('the second signal ends it at once', async (t) => {
  const program = run(t, ['hang', 'long'], {}, stubborn);
  await eventually('it runs', () => program.output().includes('Ready.'));
  program.child.kill('SIGTERM');
  await eventually('it has ended', () => program.child.kill('SIGINT') === false);
  await program.ended;
  assert.doesNotMatch(program.output(), /did not end in time/);
});

test('a program that is caught in an endless loop is ended, and says so', async (t) => {
  const program = run(t, ['freeze'], {}, stubborn);
  await program.ended;
  assert.equal(program.child.signalCode, 'SIGKILL');
  assert.match(program.output(), /The program hung, so it was ended/);
});
