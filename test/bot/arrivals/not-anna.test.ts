import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { PersonMessage } from '../../../local/telegram/state/messages.ts';
import { type BotHouse, type BotHouseOptions, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { becomeCoHost } from '../../support/co-host.ts';
import { doorOf, faceLike, inviteGuests } from '../../support/door.ts';
import { nobody, portrait } from '../../support/portraits.ts';
import { rounds } from '../../support/rounds.ts';

/** Ben, of whom the only photo is poor: he looks more like Anna’s. */
const ben = faceLike({ anna: 93, ben: 85 });
const anna = faceLike({ anna: 98 });

/** A party, in private or in a group, and its door. */
async function openParty(t: TestContext, { group, ...options }: BotHouseOptions & { group?: string } = {}) {
  const house = await openBotHouse(t, options);
  const { host } = house;
  await inviteGuests(house, ['Anna', 'Ben', 'Carla']);
  const chat = group === undefined ? host.bot : (await host.createGroup(group, [])).id;
  await host.say(chat, '/start_party');
  await host.waitForMessage(says(/^The party’s on until/));
  return { ...house, chat, door: doorOf(house) };
}

const textsIn = async ({ host }: Pick<BotHouse, 'host'>, chat: number): Promise<string[]> =>
  (await host.messages(chat))
    .filter(({ from }) => from?.is_bot)
    .map(({ text, caption }) => text ?? caption ?? '');

/** What a message reads by now. */
const asItIs = async (house: Pick<BotHouse, 'host'>, { chat, message_id }: PersonMessage) =>
  (await house.host.messages(chat.id)).find((one) => one.message_id === message_id);

test('a wrong arrival is taken back, the right guest arrives, and what misled never does again', async (t) => {
  const house = await openParty(t);
  const { host, door, services } = house;
  await door.shows(ben);
  const wrong = await host.waitForMessage(says(/^Anna is here!$/));
  assert.deepEqual(labels(wrong), ['Another song', 'Not Anna', 'Why?']);

  await host.press(wrong, 'Not Anna');
  const question = await host.waitForMessage(says(/^Sorry, that wasn’t Anna\. Who is it\?$/));
  assert.deepEqual(labels(question), ['1 · Ben', '2 · Carla', 'It is Anna', 'Someone else']);
  const before = await asItIs(house, wrong);
  assert.equal(before?.text, 'That wasn’t Anna, sorry!');
  assert.deepEqual(labels(before!), []);

  await host.press(question, '1 · Ben');
  await host.waitForMessage(says(/^Ben is here!$/));
  const answer = await host.waitForMessage(says(/^Got it, it’s Ben!/));
  assert.match(answer.text!, /\nThe only photo of Anna misled me\. It won’t again, but I may miss Anna now/);
  assert.deepEqual(labels(answer), ['That photo is of Ben', 'Drop that photo']);

  // A match may not hear of it for a second, and counts nothing of Anna meanwhile.
  door.later(1000);
  const party = (await services.parties.on())!;
  for (let replay = 0; replay < rounds(10, 100); replay++) await door.shows(ben);
  assert.deepEqual(
    (await services.arrivals.list(party.id)).map(({ name }) => name),
    ['Ben'],
  );
  await door.shows(anna);
  await host.waitForMessage(says(/^Anna is here!$/));
});

test('the photo that misled is given to whom it shows, with its face', async (t) => {
  const { host, door, services } = await openParty(t);
  await services.guests.addPhoto('anna', { photoId: 'AQADother', faceIds: ['anna-2'], key: 'photos/other' });
  await door.shows(ben);
  await host.press(await host.waitForMessage(says(/^Anna is here!$/)), 'Not Anna');
  await host.press(await host.waitForMessage(says(/Who is it\?$/)), '1 · Ben');
  const answer = await host.waitForMessage(
    says(/^Got it, it’s Ben!\nPhoto 1 of 2 photos of Anna misled me\./),
  );
  await host.press(answer, 'That photo is of Ben');
  await host.waitForMessage(says(/^It’s Ben’s photo now\.$/));
  assert.deepEqual([...(await services.people.owners(['anna-1'])).values()], [{ kind: 'guest', id: 'ben' }]);
});

test('in a group nothing shows but that it wasn’t Anna; the question comes in private, with the faces', async (t) => {
  const picture = await nobody();
  const house = await openParty(t, {
    group: 'The flat',
    pictures: true,
    instead: ({ recognition }) => ({
      recognition: {
        start: () => recognition.start(),
        stop: () => recognition.stop(),
        status: () => recognition.status(),
        picture: async () => picture,
      },
    }),
  });
  const { host, door, services, chat } = house;
  await services.storage.put('photos/ben', await portrait('berta'), 'image/jpeg');
  await door.shows(ben);
  const wrong = await host.waitForMessage(says(/^Anna is here!$/));
  const reply = await host.waitForMessage(({ photo }) => photo !== undefined);
  assert.equal(reply.caption, undefined);
  assert.equal(reply.reply_to_message?.message_id, wrong.message_id);

  assert.match((await host.pressAndWait(wrong, 'Not Anna')).text ?? '', /in our private chat/);
  const question = await host.waitForMessage(
    ({ chat: { id }, photo }) => id === host.bot && photo !== undefined,
  );
  assert.match(question.caption ?? '', /Who is it\?$/);
  assert.deepEqual((await textsIn(house, chat)).slice(-1), ['That wasn’t Anna, sorry!']);
  assert.equal(await asItIs(house, reply), undefined, 'her name is on the picture');

  await host.press(question, 'Someone else');
  await host.waitForMessage(says(/^Got it, someone else\.\nThe only photo of Anna misled me/));
  assert.deepEqual((await textsIn(house, chat)).slice(-1), ['That wasn’t Anna, sorry!']);
});

test('of two hosts who press the same button one is asked, and both see what became of it', async (t) => {
  const house = await openParty(t);
  const { host, door } = house;
  const coHost = await becomeCoHost(house);
  const group = (await host.createGroup('The flat', [coHost.person.id])).id;
  await host.say(host.bot, '/end_party');
  await host.waitForMessage(says(/^The party’s over/));
  await host.say(group, '/start_party');
  await host.waitForMessage(says(/^The party’s on until/));
  await door.shows(ben);
  const [wrong, same] = await Promise.all(
    [host, coHost].map((one) => one.waitForMessage(says(/^Anna is here!$/))),
  );
  const answers = await Promise.all([
    host.pressAndWait(wrong!, 'Not Anna'),
    coHost.pressAndWait(same!, 'Not Anna'),
  ]);
  assert.deepEqual(answers.map(({ text }) => text).sort(), [
    'I’ve sent you a message in our private chat.',
    'Someone else is on it already.',
  ]);
});

test('a restart in the middle of a correction loses nothing', async (t) => {
  const house = await openParty(t);
  const { host, door } = house;
  await door.shows(ben);
  await host.press(await host.waitForMessage(says(/^Anna is here!$/)), 'Not Anna');
  const question = await host.waitForMessage(says(/Who is it\?$/));
  house.restart();
  await host.press(question, '1 · Ben');
  await host.waitForMessage(says(/^Ben is here!$/));
});

test('after the party a press takes the arrival back, and announces nobody', async (t) => {
  const { host, door, services } = await openParty(t);
  await door.shows(ben);
  const wrong = await host.waitForMessage(says(/^Anna is here!$/));
  await host.say(host.bot, '/end_party');
  await host.waitForMessage(says(/^The party’s over/));
  await host.press(wrong, 'Not Anna');
  await host.waitForMessage(says(/^Noted: that wasn’t Anna\. The party’s over/));
  const { mistake } = [...(await services.people.owners(['anna-1'])).values()][0]!;
  assert.equal(mistake?.at, 93);
});

test('a press on an arrival of long ago says so, and takes the buttons', async (t) => {
  const house = await openParty(t);
  const { host, door, services } = house;
  await door.shows(anna);
  const arrival = await host.waitForMessage(says(/^Anna is here!$/));
  const party = (await services.parties.on())!;
  await services.table.delete({ pk: `PARTY#${party.id}`, sk: 'guest#anna' });
  assert.match((await host.pressAndWait(arrival, 'Not Anna')).text ?? '', /don’t know that arrival/);
  assert.deepEqual(labels((await asItIs(house, arrival))!), []);
});
