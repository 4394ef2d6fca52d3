import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partyTimes } from '../../../bot/times.ts';
import { hour, minute } from '../../../party/clock.ts';
import { RecognitionError } from '../../../party/errors.ts';
import { ImagesRecognition } from '../../../party/recognition/images.ts';
import { Pulses } from '../../../party/recognition/pulse.ts';
import type { Recognition } from '../../../party/recognition/recognition.ts';
import { Wishes } from '../../../party/recognition/wish.ts';
import type { Services } from '../../../party/services.ts';
import { diedSending } from '../../support/abandoned.ts';
import { openBotHouse, says } from '../../support/bot-house.ts';

/** A recognition that fails as it is told. */
function faulty(what: { start?: string; stop?: string }, services: Services): Recognition {
  const real = services.recognition;
  return {
    start: async () => (what.start ? Promise.reject(new RecognitionError(what.start)) : real.start()),
    stop: async () => (what.stop ? Promise.reject(new RecognitionError(what.stop)) : real.stop()),
    status: () => real.status(),
    picture: (time) => real.picture(time),
  };
}

test('a party starts, is on, and ends with a recap', async (t) => {
  const { host, services } = await openBotHouse(t);
  await services.guests.add('g1', 'Anna');
  await services.guests.add('g2', 'نور');
  await host.say(host.bot, '/start_party 90m');
  await host.waitForMessage(says(/^Starting…/));
  await host.waitForMessage(says(/^The party’s on until \d\d:\d\d!.*\n2 guests expected\./));
  assert.equal((await services.recognition.status()).state, 'on');
  const party = await services.parties.on();
  assert.equal(party?.chatId, host.bot);

  const arrival = {
    partyId: party!.id,
    guestId: 'g1',
    name: 'Anna',
    chatId: party!.chatId,
    time: Date.now(),
    box: { left: 0, top: 0, width: 1, height: 1 },
    similarity: 99,
  };
  await diedSending(services.outbox, arrival);
  await host.say(host.bot, '/status');
  const status = await host.waitForMessage(says(/^The party’s on, from/));
  assert.match(
    status.text ?? '',
    /1 of 2 guests arrived\.\nI’m waiting for the first picture from the camera\./,
  );

  await host.say(host.bot, '/end_party');
  const recap = await host.waitForMessage(says(/^The party’s over \(/));
  assert.match(recap.text ?? '', /1 of 2 guests came:\n\d\d:\d\d Anna\nI didn’t see:\n– \u2068نور\u2069/);
  assert.equal((await services.recognition.status()).state, 'off');
  assert.equal(await services.parties.on(), undefined);

  await host.say(host.bot, '/end_party');
  await host.waitForMessage(says(/^No party’s on/));
  await host.say(host.bot, '/status');
  await host.waitForMessage(says(/^No party’s on.*\nI’m not watching the door\.\n2 guests invited\./));
});

test('a second party is refused, here and from elsewhere', async (t) => {
  const { host } = await openBotHouse(t);
  // Whenever this runs: a fixed hour may be a few minutes away, and too near for a party.
  const until = partyTimes(process.env.PARTY_TZ).clock(Date.now() + 2 * hour);
  const group = (await host.createGroup('The flat', [])).id;
  await host.say(group, `/start_party until ${until}`);
  await host.waitForMessage(says(new RegExp(`^The party’s on until ${until}`)));
  await host.say(group, '/start_party');
  await host.waitForMessage(says(new RegExp(`^A party’s on here already, until ${until}`)));
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(
    says(new RegExp(`^A party’s on already, in the group “The flat”, until ${until}`)),
  );
  await host.say(host.bot, '/end_party');
  const isAll = says(/^The party’s over \(.*I didn’t see anyone/s);
  await host.waitForMessage((message) => message.chat.id === host.bot && isAll(message));
  const inGroup = (await host.messages(group)).filter(says(/^The party’s over \(/));
  assert.match(inGroup[0]?.text ?? '', /^.+\nThank you all for coming\. See you next time!$/);
});

test('what cannot be understood starts nothing', async (t) => {
  const { host, services } = await openBotHouse(t);
  await host.say(host.bot, '/start_party when Anna comes');
  await host.waitForMessage(says(/^I don’t get “when Anna comes”/));
  await host.say(host.bot, '/start_party 2m');
  await host.waitForMessage(says(/at least 5 minutes/));
  await host.say(host.bot, '/start_party 30h');
  await host.waitForMessage(says(/at most 24 hours/));
  assert.equal(await services.parties.latest(), undefined);
});

test('a recognition that does not start leaves no party on', async (t) => {
  const { host, services } = await openBotHouse(t, {
    instead: (real) => ({ recognition: faulty({ start: 'the camera computer is off.' }, real) }),
  });
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/^I couldn’t start the party: the camera computer is off\./));
  assert.equal(await services.parties.latest(), undefined);
});

test('a recognition that does not stop is tried again, and nobody arrives meanwhile', async (t) => {
  const what: { stop?: string } = { stop: 'the service is busy' };
  const { host, services } = await openBotHouse(t, {
    instead: (real) => ({ recognition: faulty(what, real) }),
  });
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/^The party’s on/));
  await host.say(host.bot, '/end_party');
  await host.waitForMessage(says(/I can’t stop watching yet: the service is busy/));
  assert.equal(await services.parties.on(), undefined);
  assert.ok(await services.parties.latest());
  delete what.stop;
  await host.say(host.bot, '/end_party');
  await host.waitForMessage(says(/^The party’s over \(/));
  assert.equal(await services.parties.on(), undefined);
});

test('an overdue party is ended before another one starts', async (t) => {
  const { host, services } = await openBotHouse(t);
  await services.parties.start({
    chatId: host.bot,
    startedBy: host.person.id,
    endsAt: Date.now() - 1000,
  });
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/^Time’s up: the party’s over/));
  await host.waitForMessage(says(/^The party’s on until/));
  assert.equal((await services.parties.past()).length, 1);
});

test('the status tells what is wrong with the camera, in the words of the service that watches it', async (t) => {
  const message = 'The camera at the address given refuses the user name or password.';
  const { host } = await openBotHouse(t, {
    instead: (services) => ({
      recognition: {
        ...faulty({}, services),
        status: async () => ({ state: 'on', message }),
      },
    }),
  });
  await host.say(host.bot, '/status');
  const { text = '' } = await host.waitForMessage(says(/^No party’s on/));
  assert.deepEqual(text.split('\n').slice(1, 3), ['I’m ready to watch the door.', `But: ${message}`]);
});

for (const [by, words] of [
  [29_000, undefined],
  [10 * minute, '10 minutes'],
  [24 * hour, '24 hours'],
] as const) {
  test(`the status ${words ? 'names' : 'has no word of'} the clock that was set back by ${words ?? 'seconds'}`, async (t) => {
    const { host } = await openBotHouse(t, { instead: () => ({ clockAhead: () => by }) });
    await host.say(host.bot, '/status');
    const { text = '' } = await host.waitForMessage(says(/^No party’s on/));
    assert.equal(text.includes('clock'), words !== undefined);
    if (words) assert.ok(text.includes(`My computer’s clock was set back by ${words}.`), text);
  });
}

test('the status tells what the producer at home does, and what hinders it', async (t) => {
  const { host, services } = await openBotHouse(t, {
    instead: ({ table, storage, now }) => {
      const parts = { wishes: new Wishes(table, now), pulses: new Pulses(table), storage };
      return { recognition: new ImagesRecognition(parts, now) };
    },
  });
  const pulses = new Pulses(services.table);
  const wishes = new Wishes(services.table, services.now);
  const { since } = await wishes.write(true);
  const at = Date.now() + 2 * hour;
  const pulse = { at, clockOffset: 2 * hour, version: '1', serves: since, frames: 1, faces: 3, calls: 2 };
  const problem = 'The camera does not answer.';
  await pulses.write({ ...pulse, dropped: 1, framesPerSecond: 4.8, problem });
  await host.say(host.bot, '/status');
  const { text = '' } = await host.waitForMessage(says(/^No party’s on/));
  assert.deepEqual(text.split('\n').slice(1), [
    'I can’t see the door: no picture has come from the camera yet. Check that it’s on.',
    'I look 4.8 times a second. So far: 1 picture with 3 faces, 2 looked up.',
    '1 sighting came too late to count.',
    'The clock of the camera’s computer is off by 120 minutes. The times I say are right all the same.',
    'But: The camera does not answer.',
    'No guests yet.',
  ]);
});
