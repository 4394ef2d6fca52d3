import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { hour, minute } from '../../../party/clock.ts';
import { createDispatcher } from '../../../party/dispatch.ts';
import { reportSlowness } from '../../../party/parties/slow-door.ts';
import { type Pulse, Pulses } from '../../../party/recognition/pulse.ts';
import { sightingRules } from '../../../party/recognition/rules.ts';
import { keptChat } from '../../support/kept-chat.ts';
import { partyOn } from '../../support/party.ts';
import { openTable } from '../../support/table.ts';

/** A party whose producer says with its pulse how it is. */
async function openParty(t: TestContext) {
  const { table, close } = await openTable();
  t.after(close);
  const services = { ...partyOn(table), rules: sightingRules.images };
  const { parties, clock, now } = services;
  const party = (await parties.start({ chatId: 42, startedBy: 1, endsAt: now() + hour }))!;
  const chat = keptChat();
  const dispatcher = createDispatcher(services, chat);
  const pulses = new Pulses(table);
  const figures = { version: '1', frames: 1, faces: 0, calls: 0, dropped: 0, framesPerSecond: 0.4 };
  return {
    chat,
    party,
    slow: async () => (await parties.on())?.slow,
    /** A minute later the tick looks. */
    async minuteWith(pulse: Partial<Pulse>) {
      clock.pass(minute);
      await pulses.write({ ...figures, at: now(), serves: 1, ...pulse });
      await reportSlowness(services, dispatcher, (await parties.latest())!);
      return now();
    },
  };
}

test('a producer that is too busy is told of once, and that it is over', async (t) => {
  const { chat, minuteWith } = await openParty(t);
  await minuteWith({});
  assert.deepEqual(chat.slow, []);
  const since = await minuteWith({ isTooSlow: true });
  await minuteWith({ isTooSlow: true });
  assert.deepEqual(chat.slow, [{ since }]);
  const until = await minuteWith({ isTooSlow: false });
  await minuteWith({ isTooSlow: false });
  assert.deepEqual(chat.slow, [{ since }, { since, until }]);
});

test('a producer that is gone, or serves no party, says nothing of how often it looks', async (t) => {
  const { chat, slow, minuteWith } = await openParty(t);
  await minuteWith({ isTooSlow: true, serves: undefined });
  await minuteWith({ isTooSlow: true, at: 1 });
  assert.equal(await slow(), undefined);
  assert.deepEqual(chat.slow, []);
});
