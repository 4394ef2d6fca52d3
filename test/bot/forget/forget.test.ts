import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTick } from '../../../lambdas/tick.ts';
import { day, hour } from '../../../party/clock.ts';
import { readHeld } from '../../../party/forget/held.ts';
import { noonAfter } from '../../../party/parties/morning-after.ts';
import { chatOf } from '../../support/bot-chat.ts';
import { type BotHouse, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { doorOf, faceLike, inviteGuests } from '../../support/door.ts';
import { invite, startParty } from '../../support/house.ts';
import { portrait } from '../../support/portraits.ts';
import { sharedRecognizer } from '../../support/recognizer.ts';
import { match } from '../../support/records.ts';

/** All that a house holds and that names one of these, or is a face or a picture. */
async function traces({ services }: BotHouse, ...words: string[]): Promise<string[]> {
  const { items, objects, faces } = await readHeld(services);
  const named = items
    .filter(({ pk }) => !pk.startsWith('UPDATE#'))
    .filter((item) => words.some((word) => JSON.stringify(item).includes(word)))
    .map(({ pk, sk }) => `${pk} ${sk}`);
  return [...named, ...objects, ...faces];
}

test('a guest is forgotten: collection, bucket and table hold nothing of her, and the others stay', async (t) => {
  const house = await openBotHouse(t, { recognizer: await sharedRecognizer() });
  const { host, services } = house;
  await invite(host, 'Anna', await portrait('anna'));
  await invite(host, 'Berta', await portrait('berta'));
  const [anna, berta] = await services.guests.list();
  const bertas = (await services.guests.photos(berta!.id))[0]!;
  await startParty(host);
  const [face] = (await services.guests.photos(anna!.id))[0]!.faceIds;
  await doorOf(house).shows({ matches: [match(face!, 99.5)] });
  await host.waitForMessage(says(/^Anna is here!/));
  await host.say(host.bot, '/end_party');
  await host.waitForMessage(says(/^The party’s over/));

  await host.say(host.bot, '/forget anna');
  const question = await host.waitForMessage(
    says(/^Forget Anna for good\? That removes 1 face, 1 photo, and \d+ records, and can’t/),
  );
  await host.press(question, 'Forget for good');
  const receipt = await host.waitForMessage(says(/^I’ve forgotten Anna\./));
  assert.equal(receipt.message_id, question.message_id);
  assert.match(receipt.text!, /\nRemoved: 1 face, 1 photo, and \d+ records\./);
  assert.match(receipt.text!, /\nI looked again: nothing of it is left\./);
  assert.match(receipt.text!, /\nStill there: what was said in Telegram.* until \w{3} \d+ \w{3,4}\.$/);
  assert.deepEqual(await traces(house, anna!.id, 'Anna'), [bertas.key, ...bertas.faceIds]);

  await host.press(question, 'Forget for good').catch(() => {});
  await host.say(host.bot, '/forget anna');
  await host.waitForMessage(says(/^I don’t know anybody called anna\./));
});

test('everything is forgotten but hosts and carols, and not while a party is on', async (t) => {
  const house = await openBotHouse(t, { recognizer: await sharedRecognizer() });
  const { host, services } = house;
  await invite(host, 'Anna', await portrait('anna'));
  await services.storage.put('snapshots/1700000000000.jpg', new Uint8Array(9), 'image/jpeg');
  await services.storage.put('songs/jingle', new Uint8Array(9), 'audio/mpeg');
  const carol = { id: 'jingle', title: 'Jingle', key: 'songs/jingle', fileName: 'j.mp3' };
  await services.songs.put({ ...carol, contentType: 'audio/mpeg', carol: true });
  await startParty(host);
  await host.say(host.bot, '/forget everything');
  await host.waitForMessage(says(/^A party’s on\. End it first/));
  await host.say(host.bot, '/end_party');
  await host.waitForMessage(says(/^The party’s over/));

  await host.say(host.bot, '/forget everything');
  const question = await host.waitForMessage(says(/^Forget everything\?/));
  await host.press(question, 'Forget everything');
  await host.waitForMessage(
    says(/^I’ve forgotten everything\.\n.*\nI looked again: nothing of it is left\./),
  );
  const { items, objects, faces } = await readHeld(services);
  assert.deepEqual([objects, faces], [['songs/jingle'], []]);
  const partitions = new Set(items.map(({ pk }) => pk.split('#')[0]));
  assert.deepEqual(
    [...partitions].filter(
      (pk) => !['HOSTS', 'SONGS', 'UPDATE', 'WISH', 'PARTY', 'DESTINATION', 'FORGETTING'].includes(pk!),
    ),
    [],
  );
  await host.say(host.bot, '/guests');
  await host.waitForMessage(says(/^No guests yet/));
});

test('what another writes while all is forgotten goes too', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  const { storage, table } = services;
  await storage.put('snapshots/1700000000000.jpg', new Uint8Array(9), 'image/jpeg');
  const remove = storage.delete.bind(storage);
  Object.assign(storage, {
    async delete(key: string) {
      await table.put({ pk: 'PARTY#2026-11-27T19:00:00.000Z', sk: 'looks#late' });
      await remove(key);
    },
  });
  await host.say(host.bot, '/forget everything');
  const question = await host.waitForMessage(says(/^Forget everything\?/));
  await host.press(question, 'Forget everything');
  await host.waitForMessage(
    says(/^I’ve forgotten everything\.\nRemoved: .*1 record\.\nI looked again: nothing of it is left\./),
  );
  const { items } = await readHeld(services);
  assert.ok(!items.some(({ sk }) => sk === 'looks#late'));
});

test('a party is chosen and forgotten, with the pictures of its door, and the guests stay', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await inviteGuests(house, ['Anna']);
  await startParty(host);
  const { id, startedAt } = (await services.parties.on())!;
  await doorOf(house).shows(faceLike({ anna: 99.5 }));
  await host.waitForMessage(says(/^Anna is here!/));
  const [during, before] = [startedAt, startedAt - hour].map((time) => `snapshots/${time}.jpg`);
  for (const key of [during!, before!]) await services.storage.put(key, new Uint8Array(9), 'image/jpeg');
  await host.say(host.bot, '/end_party');
  await host.waitForMessage(says(/^The party’s over/));

  await host.say(host.bot, '/forget');
  await host.press(await host.waitForMessage(says(/^Who or what should I forget\?/)), 'A party…');
  const list = await host.waitForMessage(says(/^Which party\?/));
  await host.press(list, labels(list)[0]!);
  const question = await host.waitForMessage(says(/^Forget the party of \w+ \d+ \w+\?/));
  await host.press(question, 'Forget that party');
  await host.waitForMessage(says(/^I’ve forgotten the party of .*\nRemoved: 1 picture of the door/));
  const { items, objects } = await readHeld(services);
  assert.deepEqual(objects, [before]);
  assert.deepEqual(
    items.filter((item) => item.pk === `PARTY#${id}` || item.pk === 'PARTIES'),
    [],
  );
  assert.equal((await services.guests.list()).length, 1);
});

test('nothing is forgotten that is kept, and what is asked in a group is answered in private', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await inviteGuests(house, ['Anna']);
  const group = (await host.createGroup('The flat', [])).id;
  await host.say(group, '/forget Anna');
  const question = await host.waitForMessage(says(/^Forget Anna for good\?/));
  assert.equal(question.chat.id, host.bot);
  await host.press(question, 'Keep');
  await host.waitForMessage(says(/^OK, I’ll keep it\.$/));
  assert.equal((await services.guests.list()).length, 1);
});

test('pressed twice, it says what was removed; and of nothing it is not asked', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await host.say(host.bot, '/forget everything');
  await host.waitForMessage(says(/^There’s nothing to forget\.$/));
  await services.guests.add('anna', 'Anna');
  await host.say(host.bot, '/forget everything');
  const question = await host.waitForMessage(says(/^Forget everything\?/));
  await Promise.all([
    host.press(question, 'Forget everything'),
    host.press(question, 'Forget everything').catch(() => {}), // The first may have taken the button already.
  ]);
  const told = says(/^I’ve forgotten everything\.\nRemoved: 1 record\./);
  await host.waitForMessage((message) => message.message_id === question.message_id && told(message));
  await host.say(host.bot, '/guests');
  await host.waitForMessage(says(/^No guests yet/));
  const shown = (await host.messages()).find(({ message_id }) => message_id === question.message_id);
  assert.ok(shown && told(shown), shown?.text);
});

test('at noon after a party its host is asked, once, whether all faces are to be forgotten', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await inviteGuests(house, ['Anna']);
  const group = (await host.createGroup('The flat', [])).id;
  await host.say(group, '/start_party');
  await host.waitForMessage(says(/^The party’s on until/));
  await host.say(group, '/end_party');
  await host.waitForMessage(says(/^The party’s over/));
  const noon = noonAfter(Date.now(), process.env.PARTY_TZ);
  const tickAt = (time: number) => {
    const at = { ...services, now: () => time };
    return createTick(at, chatOf(house, at))();
  };
  const asked = async () => (await host.messages(host.bot)).filter(says(/Shall I forget all faces now/));
  await tickAt(noon - hour);
  assert.equal((await asked()).length, 0);
  await tickAt(noon + 1000);
  await tickAt(noon + 2 * hour);
  const [question, ...more] = await asked();
  assert.equal(more.length, 0);
  assert.deepEqual(labels(question!), ['Forget all faces', 'Keep']);
  await host.press(question!, 'Forget all faces');
  await host.press(
    await host.waitForMessage(says(/^Forget all faces\?.*names and songs stay/)),
    'Forget all faces',
  );
  await host.waitForMessage(says(/^I’ve forgotten all faces\./));
  assert.equal((await services.guests.list()).length, 1);
  assert.equal((await services.people.all()).size, 0);
});

test('noon is the next one where the party is', () => {
  const evening = Date.parse('2026-11-28T23:30:00Z');
  assert.equal(noonAfter(evening, 'Europe/Berlin'), Date.parse('2026-11-29T11:00:00Z'));
  assert.equal(noonAfter(evening, 'Asia/Kathmandu'), Date.parse('2026-11-29T06:15:00Z'));
  assert.ok(noonAfter(evening, undefined) - evening <= day);
});
