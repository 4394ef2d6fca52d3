import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partyTimes } from '../../../bot/times.ts';
import { createTick } from '../../../lambdas/tick.ts';
import type { PersonMessage } from '../../../local/telegram/state/messages.ts';
import { day, hour, minute } from '../../../party/clock.ts';
import { Settings } from '../../../party/settings/settings.ts';
import { storageKey } from '../../../party/stores/storage-key.ts';
import { chatOf } from '../../support/bot-chat.ts';
import { type BotHouse, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { becomeCoHost } from '../../support/co-host.ts';
import { inviteGuests } from '../../support/door.ts';
import { eventually } from '../../support/eventually.ts';

/** A house of which nobody knows the time zone. */
const withoutTimeZone = (t: Parameters<typeof openBotHouse>[0]): Promise<BotHouse> =>
  openBotHouse(t, {
    instead: ({ table, now }) => ({ settings: new Settings(table, now, undefined) }),
  });

/** The tick, at a time of its own. */
const tickAt = (house: BotHouse, time: number): Promise<void> => {
  const at = { ...house.services, now: () => time };
  return createTick(at, chatOf(house, at))();
};

/** Opens a setting and chooses. @returns the message, as it is then */
async function choose(
  { host }: Pick<BotHouse, 'host'>,
  setting: string,
  choice: string,
  then: RegExp,
): Promise<PersonMessage> {
  const { message_id: asked } = await host.say(host.bot, '/settings');
  const all = await host.waitForMessage(({ message_id: id }) => id > asked);
  await host.press(all, setting);
  const open = await host.waitForMessage((message) => labels(message).includes('‹ Settings'));
  await host.press(open, choice);
  return host.waitForMessage(says(then));
}

test('the settings come in private, and a party lasts as long as a host has set; a co-host may', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  const coHost = await becomeCoHost(house);
  const group = (await host.createGroup('The flat', [coHost.person.id])).id;
  await host.say(group, '/settings');
  const told = await host.waitForMessage(says(/^Your time: Berlin, \d\d:\d\d now\./));
  assert.equal(told.chat.id, host.bot);
  assert.deepEqual(told.text?.split('\n').slice(1), [
    'A party lasts 4 hours, unless you say when it ends.',
    'Pictures of the door go after 7 days.',
    'Photos of guests stay until you say /forget.',
    'When I don’t know a face at the door, I ask you in private.',
  ]);
  assert.deepEqual(labels(told), [
    'Time zone',
    'Length of a party',
    'Pictures of the door',
    'Photos of guests',
    'Unknown faces: on',
  ]);
  await host.press(told, 'Length of a party');
  const lengths = await host.waitForMessage(says(/^How long does a party last/));
  assert.ok(labels(lengths).includes('✓ 4 hours'));
  await host.press(lengths, '6 hours');
  await host.waitForMessage(says(/^A party lasts 6 hours,/m));

  await coHost.say(coHost.bot, '/start_party');
  await coHost.waitForMessage(says(/^The party’s on until/));
  const { startedAt, endsAt } = (await services.parties.on())!;
  assert.ok(Math.abs(endsAt - startedAt - 6 * hour) < minute);
  await choose({ host: coHost }, 'Length of a party', '4 hours', /^A party lasts 4 hours,/m);
});

test('a time zone is one of those offered, or found by its city', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  const answerTo = async (command: string): Promise<PersonMessage> => {
    const { message_id: asked } = await host.say(host.bot, command);
    return host.waitForMessage(({ message_id: id }) => id > asked);
  };
  assert.match(
    (await answerTo('/settings Nowhereville')).text ?? '',
    /^I don’t know a place called “Nowhereville”/,
  );
  assert.match((await answerTo('/settings são paulo')).text ?? '', /^OK, Sao Paulo: it’s \d\d:\d\d/);
  const several = await answerTo('/settings Argentina');
  assert.equal(several.text, 'Which one?');
  assert.ok(labels(several).length > 1);
  await host.press(await answerTo('/settings'), 'Time zone');
  const offered = await host.waitForMessage(says(/^What time is it where you are\?/));
  const clock = partyTimes('America/Los_Angeles').clock(Date.now());
  await host.press(offered, labels(offered).find((label) => label.endsWith(' Los Angeles'))!);
  await host.waitForMessage(says(/^OK, Los Angeles: it’s \d\d:\d\d\. \/settings changes it\.$/));
  assert.equal((await services.settings.readNow()).timeZone, 'America/Los_Angeles');
  await host.say(host.bot, '/start_party 2h');
  const { text = '' } = await host.waitForMessage(says(/^The party’s on until/));
  const started = Number(clock.slice(0, 2));
  const until = Number(/until (\d\d)/.exec(text)?.[1]);
  assert.ok([2, 3].includes((until - started + 24) % 24), `${text} at ${clock}`);
});

test('where nobody knows what time it is, the first party waits for the answer, through a restart', async (t) => {
  const house = await withoutTimeZone(t);
  const { host, services } = house;
  const group = (await host.createGroup('The flat', [])).id;
  await host.say(group, '/start_party 3h');
  const question = await host.waitForMessage(says(/^One question before the first party/));
  assert.equal(question.chat.id, host.bot);
  await host.waitForMessage((message) => message.chat.id === group && says(/in our private chat/)(message));
  assert.equal(await services.parties.latest(), undefined);

  house.restart();
  await host.press(question, labels(question).find((label) => label.endsWith(' Berlin'))!);
  await host.waitForMessage(says(/^OK, Berlin: it’s/));
  const on = await host.waitForMessage(says(/^The party’s on until/));
  assert.equal(on.chat.id, group);
  const until = partyTimes('Europe/Berlin').clock((await services.parties.on())!.endsAt);
  assert.ok(on.text?.startsWith(`The party’s on until ${until}!`), on.text);

  // Pressed again it changes the time zone, and starts nothing.
  await host
    .press({ ...question }, labels(question).find((label) => label.endsWith(' Athens'))!)
    .catch(() => {});
  await host.say(group, '/end_party');
  await host.waitForMessage(says(/^The party’s over/));
  await host.say(group, '/start_party 3h');
  await host.waitForMessage(
    ({ message_id: id, ...message }) => id > on.message_id && says(/^The party’s on until/)(message),
  );
});

test('a city in words answers it too', async (t) => {
  const house = await withoutTimeZone(t);
  const { host, services } = house;
  await host.say(host.bot, '/start_party until 11:59pm');
  const question = await host.waitForMessage(says(/^One question before the first party/));
  await host.say(host.bot, '/settings Wellington');
  await host.waitForMessage(says(/^I don’t know a place/));
  await host.say(host.bot, '/settings Auckland');
  await host.waitForMessage(
    ({ message_id: id, text }) => id === question.message_id && /^OK, Auckland/.test(text ?? ''),
  );
  await host.waitForMessage(says(/^(The party’s on until 23:59!|A party lasts at )/));
  assert.equal((await services.settings.readNow()).timeZone, 'Pacific/Auckland');
});

test('photos go as long after a party as was set, but for those of who lives here and those sent since', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await inviteGuests(house, ['Anna', 'Lena']);
  await services.guests.setLivesHere('lena', true);
  for (const id of ['anna', 'lena'])
    await services.storage.put(`photos/${id}`, new Uint8Array(3), 'image/jpeg');
  const told = await choose(house, 'Photos of guests', '7 days after a party', /^Photos of guests, and/m);
  assert.match(told.text ?? '', /go 7 days after the last party they were here for\.$/m);
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/^The party’s on until/));
  await host.say(host.bot, '/end_party');
  await host.waitForMessage(says(/^The party’s over/));
  await eventually('the party is over', async () => (await services.parties.latest()) === undefined);
  const { endsAt } = (await services.parties.lastPast())!;
  await inviteGuests(house, ['Ben']);
  await services.storage.put('photos/ben', new Uint8Array(3), 'image/jpeg');
  await host.say(host.bot, '/settings');
  const date = partyTimes('Europe/Berlin').date(endsAt + 7 * day);
  await host.waitForMessage(says(new RegExp(`; the next on ${date}\\.$`, 'm')));

  await tickAt(house, endsAt + 7 * day - minute);
  assert.equal((await services.guests.allPhotos()).length, 3);
  assert.equal((await host.messages(host.bot)).filter(says(/Shall I forget all faces/)).length, 0);
  for (const later of [minute, 2 * minute]) await tickAt(house, endsAt + 7 * day + later);
  const gone = (await host.messages(host.bot)).filter(
    says(/^It’s 7 days since the party, so I’ve forgotten/),
  );
  assert.equal(gone.length, 1);
  assert.match(
    gone[0]!.text ?? '',
    /\nRemoved: 1 photo and \d records\.\nI looked again: nothing of them is left\.\n/,
  );
  const left = (await services.guests.allPhotos()).map(({ photoId }) => photoId);
  assert.deepEqual(left.sort(), ['AQADben', 'AQADlena']);
  assert.deepEqual((await services.storage.list('photos/')).map(({ key }) => key).sort(), [
    'photos/ben',
    'photos/lena',
  ]);
  assert.deepEqual(
    (await services.guests.list()).map(({ name }) => name),
    ['Anna', 'Ben', 'Lena'],
  );
  assert.deepEqual([...(await services.people.owners(['anna-1', 'ben-1', 'lena-1'])).keys()].sort(), [
    'ben-1',
    'lena-1',
  ]);
});

test('photos of a party of long ago stay when they are set to go a day after one; and so they do once set back', async (t) => {
  const house = await openBotHouse(t);
  const { services } = house;
  await inviteGuests(house, ['Anna']);
  const party = (await services.parties.start({ chatId: 1, startedBy: 1, endsAt: Date.now() - 3 * day }))!;
  await services.parties.end(party);
  await choose(house, 'Photos of guests', '1 day after a party', /^Photos of guests, and .* here for\.$/m);
  await tickAt(house, Date.now() + day);
  assert.equal((await services.guests.allPhotos()).length, 1);
  await choose(house, 'Photos of guests', 'I keep them', /^Photos of guests stay/m);
  await tickAt(house, Date.now() + 40 * day);
  assert.equal((await services.guests.allPhotos()).length, 1);
});

test('pictures of the door go when they were kept as long as was set', async (t) => {
  const house = await openBotHouse(t);
  const { services } = house;
  const key = storageKey.snapshot(Date.now());
  await services.storage.put(key, new Uint8Array(3), 'image/jpeg');
  const sweepAt = async (ahead: number): Promise<void> => {
    // What is to go is seen twice, an hour apart.
    for (const more of [0, hour + minute]) await tickAt(house, Date.now() + ahead + more);
  };
  await sweepAt(2 * day);
  assert.equal((await services.storage.list('snapshots/')).length, 1);
  await choose(house, 'Pictures of the door', '1 day', /^Pictures of the door go after a day\.$/m);
  await sweepAt(3 * day);
  assert.equal((await services.storage.list('snapshots/')).length, 0);
});
