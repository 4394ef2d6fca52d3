import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { hour, minute, second } from '../../party/clock.ts';
import { gapMessage } from '../../party/parties/gaps.ts';
import { Parties } from '../../party/parties/parties.ts';
import { openBotHouse, says } from '../support/bot-house.ts';

/** A party that has been on for ten minutes, whose door was watched until so long ago. */
async function openParty(t: TestContext, watchedUntil: number | undefined) {
  const house = await openBotHouse(t);
  const { services, host } = house;
  const now = Date.now();
  const earlier = new Parties(services.table, () => now - 10 * minute);
  const endsAt = now + hour;
  const party = (await earlier.start({ chatId: host.bot, startedBy: host.person.id, endsAt }))!;
  if (watchedUntil !== undefined) await services.parties.watched(party, now - watchedUntil);
  return { ...house, party };
}

test('/status says since when no picture has come, and what to look at', async (t) => {
  const { host } = await openParty(t, 2 * minute);
  await host.say(host.bot, '/status');
  const status = await host.waitForMessage(says(/^The party’s on/));
  assert.match(
    status.text ?? '',
    /\nI can’t see the door \(since \d\d:\d\d:\d\d\)\. Check that the camera is on, and its computer awake\.$/,
  );
});

test('/status says nothing of a camera that is well', async (t) => {
  const { host } = await openParty(t, second);
  await host.say(host.bot, '/status');
  const status = await host.waitForMessage(says(/^The party’s on/));
  assert.doesNotMatch(status.text ?? '', /picture/);
});

test('a party over which nobody watched at all says so at its end', async (t) => {
  const { host } = await openParty(t, undefined);
  await host.say(host.bot, '/end_party');
  const recap = await host.waitForMessage(says(/^The party’s over/));
  assert.match(
    recap.text ?? '',
    /I didn’t see anyone\.\nI couldn’t see the door from \d\d:\d\d:\d\d to \d\d:\d\d:\d\d\.\nSee you next time!$/,
  );
});

test('several gaps are one line at the end', async (t) => {
  const { host, services, party } = await openParty(t, minute);
  const gap = {
    partyId: party.id,
    chatId: host.bot,
    from: party.startedAt,
    to: party.startedAt + 3 * minute,
  };
  const message = gapMessage(gap);
  await services.outbox.claim(message);
  await services.outbox.done(message);
  await host.say(host.bot, '/end_party');
  await host.waitForMessage(says(/I couldn’t see the door 2 times, 4 minutes in all; the last time from /));
});
