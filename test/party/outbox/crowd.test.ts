import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minute, second } from '../../../party/clock.ts';
import { type CrowdOutcome, crowd } from '../../support/crowd.ts';
import { rounds } from '../../support/rounds.ts';

const patience = 10 * minute;

/** Everybody is told of once, with a picture; nothing is lost, and nothing comes twice. */
function assertAllTold(guests: number, { told, arrivals, pictures }: CrowdOutcome): void {
  assert.equal(told.size, guests);
  assert.deepEqual(
    [...arrivals].filter(([, times]) => times !== 1),
    [],
  );
  assert.equal(pictures.length, guests);
}

// In a group more than twenty a minute are too many.
const many = rounds(22, 40);

test(`${many} guests, four a second, come into a group with Telegram’s limits, and the party is ended at once`, async () => {
  const outcome = await crowd({
    ...{ guests: many, within: (many * second) / 4, where: 'group', recordsPerSecond: 20, ends: true },
    patience,
  });
  assertAllTold(many, outcome);
  assert.equal(outcome.recaps.length, 1);
  assert.match(
    outcome.messages.find(({ text }) => /party’s over/.test(text ?? ''))?.text ?? '',
    new RegExp(
      `^.+\\n(\\d\\d:\\d\\d Guest \\d+ ♪ Song\\n){${many}}Thank you all for coming\\. See you next time!$`,
    ),
  );
  assert.ok(Math.max(...outcome.told.values()) <= 70 * second, 'all names within one wait of Telegram’s');
  // It was 53 for a quarter of the messages.
  assert.ok(outcome.refused <= 20, `${outcome.refused} calls were refused`);
});

const few = rounds(8, 40);

test(`${few} guests, four a second, come into a private chat with Telegram’s limits`, async () => {
  const outcome = await crowd({
    ...{ guests: few, within: (few * second) / 4, where: 'private', recordsPerSecond: 20 },
    patience,
  });
  assertAllTold(few, outcome);
  assert.ok(Math.max(...outcome.told.values()) <= 20 * second, 'all names within seconds');
  assert.ok(outcome.refused <= few, `${outcome.refused} calls were refused`);
});
