import assert from 'node:assert/strict';
import { test } from 'node:test';
import { second } from '../../../party/clock.ts';
import { type BotHouse, openBotHouse, says } from '../../support/bot-house.ts';
import { doorOf, faceLike, inviteGuests } from '../../support/door.ts';
import { addGuests, anna, opened } from '../../support/guest-cards.ts';
import { startParty } from '../../support/house.ts';
import { plainPortrait, plainRecognizer } from '../../support/plain-faces.ts';

const namesOf = async ({ services }: BotHouse): Promise<string[]> =>
  (await services.guests.list()).map(({ name }) => name);

test('a guest is opened, renamed by a reply, and called as before by Undo', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await services.guests.add('g1', 'Ana');
  await host.press(await opened(host, 'Ana'), 'Rename');
  const question = await host.waitForMessage(says(/^What should I call Ana\?/));
  await host.say(host.bot, 'x'.repeat(65), { replyTo: question.message_id });
  await host.waitForMessage(says(/^I can’t use that as a name/));
  await host.say(host.bot, 'Anna', { replyTo: question.message_id });
  const renamed = await host.waitForMessage(says(/^Ana is Anna now\.$/));
  assert.deepEqual(await namesOf(house), ['Anna']);
  await host.press(renamed, 'Undo');
  await host.waitForMessage(says(/^It’s Ana again\.$/));
  assert.deepEqual(await namesOf(house), ['Ana']);
  await assert.rejects(host.press(renamed, 'Undo'), /no longer there/);

  await host.press(await opened(host, 'Ana'), 'Rename');
  await host.waitForMessage(
    ({ message_id, text }) => message_id > renamed.message_id && /^What should I call Ana/.test(text ?? ''),
  );
  await host.say(host.bot, '/cancel');
  await host.waitForMessage(says(/^OK, cancelled\.$/));
});

test('a guest is removed and restored, with the photo', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { host, services } = house;
  await addGuests(house);
  await host.press(await opened(host, 'Anna'), 'Remove');
  const removed = await host.waitForMessage(says(/^Anna is removed\. You can undo it for a day\.$/));
  assert.deepEqual(await namesOf(house), ['Berta']);
  assert.equal((await services.collection.faces()).length, 1);
  await host.press(removed, 'Undo');
  await host.waitForMessage(says(/^Anna is back\.$/));
  assert.equal((await services.collection.faces()).length, 2);
  await opened(host, 'Anna');
});

test('who lives here is no guest, until Undo', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  for (const [id, name] of [
    ['g1', 'Anna'],
    ['g2', 'Berta'],
  ] as const)
    await services.guests.add(id, name);
  await host.press(await opened(host, 'Anna'), 'Lives here');
  const done = await host.waitForMessage(says(/^Anna lives here: /));
  await host.say(host.bot, '/guests');
  await host.waitForMessage(says(/^1 guest, and 1 who lives here:\nAnna: no photo yet, lives here\nBerta: /));
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/\n1 guest expected/));
  await host.press(done, 'Undo');
  await host.waitForMessage(says(/^Anna is a guest\./));
  await host.say(host.bot, '/guests');
  await host.waitForMessage(says(/^2 guests:/));
});

test('a photo is dropped and restored; without one a guest cannot be recognised, and that is said', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer, pictures: true });
  const { host, services } = house;
  await addGuests(house);
  await host.press(await opened(host, 'Anna'), 'Photos');
  const shown = await host.waitForMessage(says(/^Anna, 1 photo\.$/));
  await host.press(shown, 'Drop this photo');
  const dropped = await host.waitForMessage(says(/^Dropped\. That was the only photo of Anna/));
  assert.match((await opened(host, 'Anna')).text ?? '', /No photo/);
  assert.equal((await services.collection.faces()).length, 1);
  await host.press(dropped, 'Undo');
  await host.waitForMessage(says(/^It’s back\. Anna has 1 photo\.$/));
  assert.equal((await services.collection.faces()).length, 2);
});

test('a photo under a wrong name is found by /guests and /start_party, and can be dropped there', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { host } = house;
  await addGuests(house);
  await host.sendPhoto(host.bot, await plainPortrait(anna, 1), { caption: 'Berta' });
  await host.press(await host.waitForMessage(says(/^This looks a lot like Anna/)), 'It’s Berta');
  await host.waitForMessage(says(/^Got it, 2 photos of Berta now/));

  const warning = says(/^⚠ Anna and Berta look alike to me, .*\nOne photo of Berta is to blame/m);
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/^The party’s on/));
  await host.waitForMessage((message) => warning(message) && !/guests:/.test(message.text ?? ''));
  await host.say(host.bot, '/guests');
  const list = await host.waitForMessage(
    (message) => warning(message) && /2 guests:/.test(message.text ?? ''),
  );
  await host.press(list, 'Drop that photo of Berta');
  await host.waitForMessage(says(/^Dropped\. Berta has 1 photo left\.$/));
  const { message_id: asked } = await host.say(host.bot, '/guests');
  const { text = '' } = await host.waitForMessage(
    (message) => message.message_id > asked && /guests:\n/.test(message.text ?? ''),
  );
  assert.doesNotMatch(text, /⚠/);
});

test('a child is marked as one with one press, and named on more looks from then on', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await inviteGuests(house, ['Anna', 'Ben']);
  await host.press(await opened(host, 'Anna'), 'Is a child');
  const marked = await host.waitForMessage(says(/^Anna is a child\. Children look alike to me/));
  assert.equal((await services.guests.get('anna'))?.isChild, true);
  const card = await opened(host, 'Anna');
  assert.match(card.text ?? '', /\nA child: I look longer before I say who it is\.\n/);
  await startParty(host);
  const door = doorOf(house);
  await door.shows(faceLike({ anna: 99.5 }), { ...faceLike({ ben: 90 }), left: 0.7 });
  await host.waitForMessage(says(/^Ben is here!/));
  await host.say(host.bot, '/why Anna');
  const { text: why = '' } = await host.waitForMessage(says(/^I haven’t announced Anna\./));
  assert.match(why, /takes 3 pictures within 3 seconds, each at least 84 of 100 alike and 7 ahead/);
  assert.match(why, /because Anna is a child: children look more alike to me\./);
  door.later(second);
  await door.shows(faceLike({ anna: 83 }));
  assert.equal(await services.arrivals.get((await services.parties.on())!.id, 'anna'), undefined);
  await door.shows(faceLike({ anna: 90 }));
  const arrival = await host.waitForMessage(says(/^Anna is here!/));
  await host.press(arrival, 'Why?');
  const { text: because = '' } = await host.waitForMessage(says(/^Anna came at/));
  assert.match(
    because,
    /3 of them within 3 seconds, each at least 84 of 100 alike and 7 ahead of everyone else/,
  );

  await host.press(marked, 'Undo');
  await host.waitForMessage(says(/^Anna is no child\./));
  assert.equal((await services.guests.get('anna'))?.isChild, undefined);
});
