import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings } from '../../infra/settings.ts';

const nothing = () => undefined;

test('a house is by images, awake and called MusicalJoy, if nothing else is said', () => {
  assert.deepEqual(readSettings(nothing, {}), { stackName: 'MusicalJoy', recognition: 'images' });
});

test('what is said on the command line goes before the environment', () => {
  const context: Record<string, unknown> = { recognition: 'video', asleep: 'true' };
  assert.deepEqual(
    readSettings((name) => context[name], { RECOGNITION: 'images', PARTY_TZ: 'Europe/Berlin' }),
    {
      stackName: 'MusicalJoy',
      recognition: 'video',
      asleep: true,
      timeZone: 'Europe/Berlin',
    },
  );
});

test('an empty variable says nothing', () => {
  assert.deepEqual(readSettings(nothing, { STACK_NAME: '', ASLEEP: '' }), {
    stackName: 'MusicalJoy',
    recognition: 'images',
  });
});

test('every setting that is wrong is named', () => {
  assert.throws(
    () => readSettings(nothing, { STACK_NAME: '1-house', RECOGNITION: 'sound', ASLEEP: 'perhaps' }),
    /stackName: has to begin with a letter[\s\S]*recognition:[\s\S]*asleep:/,
  );
});

test('a budget has an amount and a mail address, or is none', () => {
  const { budget } = readSettings(nothing, { BUDGET_DOLLARS: '20', BUDGET_MAIL: 'me@example.com' });
  assert.deepEqual(budget, { dollars: 20, mail: 'me@example.com' });
  assert.throws(
    () => readSettings(nothing, { BUDGET_DOLLARS: '20' }),
    /BUDGET_DOLLARS and BUDGET_MAIL, or neither/,
  );
});
