import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHeld } from '../../../party/forget/held.ts';
import { UnknownFaces } from '../../../party/unknown-faces/unknown-faces.ts';
import { labels, says } from '../../support/bot-house.ts';
import { faceLike, inviteGuests } from '../../support/door.ts';
import { eventually } from '../../support/eventually.ts';
import { match } from '../../support/records.ts';
import {
  asksWho,
  cardWithPicture,
  openStrangersHouse,
  type StrangersHouse,
} from '../../support/strangers.ts';

const cards = async ({ host }: Pick<StrangersHouse, 'host'>) => (await host.messages()).filter(asksWho);

test('a guest whom nobody recognises arrives by one press, in private, and is known for the rest of the party', async (t) => {
  const house = await openStrangersHouse(t, { group: 'The flat' });
  const { host, services } = house;
  await inviteGuests(house, ['Anna', 'Ben']);
  await house.door.shows(faceLike({ anna: 95 }));
  await host.waitForMessage(says(/^Anna is here!$/));
  await house.comes(3, 0.8);
  const card = await cardWithPicture(house);
  assert.equal(card.chat.id, host.bot, 'never in the group');
  assert.deepEqual(labels(card), ['1 · Ben', 'New guest', 'Lives here', 'Ignore', 'Stop asking']);

  await host.press(card, '1 · Ben');
  const arrival = await host.waitForMessage(says(/^Ben is here!$/));
  assert.notEqual(arrival.chat.id, host.bot);
  await host.waitForMessage(says(/^Got it, it’s Ben!$/));
  const [face] = await house.unknown();
  const owners = await services.people.owners(face!.faceIds!);
  assert.deepEqual([...owners.values()], [{ kind: 'guest', id: 'ben' }]);

  // It was somebody else after all: this face names him no more.
  await host.press(arrival, 'Not Ben');
  await host.waitForMessage(says(/^Sorry, that wasn’t Ben\./));
  house.door.later(1000);
  await house.comesAgain(face!);
  const party = (await services.parties.on())!;
  assert.deepEqual(
    (await services.arrivals.list(party.id)).map(({ name }) => name),
    ['Anna'],
  );
});

test('somebody who is named two seconds later brings no open card', async (t) => {
  const house = await openStrangersHouse(t);
  const { host } = house;
  await inviteGuests(house, ['Anna']);
  await house.comes(3);
  await house.door.shows(faceLike({ anna: 95 }));
  await host.waitForMessage(says(/^Anna is here!$/));
  await eventually('it is known who it is, and no card is open', async () => {
    const [face] = await house.unknown();
    return face?.guestId === 'anna' && (await cards(house)).length === 0;
  });
});

test('a card turns into the arrival when the face is named later', async (t) => {
  const house = await openStrangersHouse(t);
  const { host } = house;
  await inviteGuests(house, ['Anna']);
  await house.comes(3);
  await cardWithPicture(house);
  const [face] = await house.unknown();
  house.door.later(20_000);
  await house.comesAgain(face!, match('anna-1', 91));
  await host.waitForMessage(says(/^Anna is here!$/));
  const settled = await host.waitForMessage(says(/^Never mind, it’s Anna\.$/));
  assert.deepEqual(labels(settled), ['Keep this face for next time']);
});

test('a host who presses just as the face is named hears that it is', async (t) => {
  const house = await openStrangersHouse(t);
  const { host, services } = house;
  await inviteGuests(house, ['Anna']);
  await house.comes(3);
  const card = await cardWithPicture(house);
  const [face] = await house.unknown();
  await new UnknownFaces(services.table).settle(face!, { is: 'guest', guestId: 'anna', by: 'recognition' });
  assert.equal((await host.pressAndWait(card, 'New guest')).text, 'I know who it is by now.');
  await host.waitForMessage(says(/^Never mind, it’s Anna\.$/));
});

test('the same face at seven and at ten brings one card; ignored, none more', async (t) => {
  const house = await openStrangersHouse(t);
  const { host } = house;
  await house.comes(3);
  await host.press(await cardWithPicture(house), 'Ignore');
  const ignored = await host.waitForMessage(says(/^OK, I’ll ignore this face tonight\.$/));
  const [face] = await house.unknown();
  house.door.later(3 * 3600_000);
  await house.comesAgain(face!);
  // The frames may not say so: then its picture does.
  house.door.later(20_000);
  await house.comes(3);
  await eventually('it is the same one', async () => {
    const faces = await house.unknown();
    return faces.length === 1 && faces[0]?.faceIds?.size === 2;
  });
  assert.equal((await cards(house)).length, 0);
  await host.press(ignored, 'Ask me again');
  await host.waitForMessage(says(/^Someone I don’t know came at \d\d:\d\d\. Who is it\?$|Who is it\?$/));
});

test('who lives here is named, kept, and never announced', async (t) => {
  const house = await openStrangersHouse(t);
  const { host, services } = house;
  await house.comes(3);
  await host.press(await cardWithPicture(house), 'Lives here');
  const question = await host.waitForMessage(says(/^Who lives here\?/));
  await host.say(host.bot, 'Lena', { replyTo: question.message_id });
  await host.waitForMessage(says(/^Got it, Lena lives here\./));
  const [lena] = await services.guests.list();
  assert.equal(lena?.livesHere, true);
  assert.equal((await services.guests.photos(lena!.id)).length, 1);
  const party = (await services.parties.on())!;
  assert.deepEqual(await services.arrivals.list(party.id), []);
});

test('asked no more by one press; /settings says so, and asks again', async (t) => {
  const house = await openStrangersHouse(t);
  const { host } = house;
  await house.comes(3);
  await host.press(await cardWithPicture(house), 'Stop asking');
  await host.waitForMessage(says(/^OK, I won’t ask about faces I don’t know\./));
  house.door.later(20_000);
  await house.comes(4, 0.8);
  assert.equal((await house.unknown()).length, 1);

  await host.say(host.bot, '/settings');
  const settings = await host.waitForMessage(says(/I don’t ask\.$/));
  await host.press(settings, 'Unknown faces: off');
  await host.waitForMessage(says(/When I don’t know a face at the door, I ask you in private\.$/));
  house.door.later(20_000);
  await house.comes(4, 0.8);
  assert.equal((await house.unknown()).length, 2);
});

test('a party that ends with an open card leaves no face and no picture, also after a sudden end', async (t) => {
  const house = await openStrangersHouse(t);
  const { host, services } = house;
  await house.comes(3);
  const card = await cardWithPicture(house);
  assert.equal((await readHeld(services)).faces.length, 1);
  await host.say(host.bot, '/end_party');
  await host.waitForMessage(says(/^The party’s over/));
  house.restart();
  await host.press(card, 'Ignore').catch(() => {});
  await house.minutePasses();
  const { faces, objects, items } = await readHeld(services);
  assert.deepEqual(faces, []);
  assert.deepEqual(objects, []);
  assert.deepEqual(
    items.filter(({ pk, sk }) => ['FACES', 'UNKNOWN'].includes(pk) || sk.startsWith('unknown#')),
    [],
  );
});
