import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHeld } from '../../../party/forget/held.ts';
import { labels, says } from '../../support/bot-house.ts';
import { inviteGuests } from '../../support/door.ts';
import { eventually } from '../../support/eventually.ts';
import { invite } from '../../support/house.ts';
import { portrait, seenAtTheDoor } from '../../support/portraits.ts';
import { sharedRecognizer } from '../../support/recognizer.ts';
import { match } from '../../support/records.ts';
import {
  asksWho,
  cardWithPicture,
  openStrangersHouse,
  type StrangersHouse,
} from '../../support/strangers.ts';

const cards = async ({ host }: Pick<StrangersHouse, 'host'>) => (await host.messages()).filter(asksWho);

test('ten passers-by bring ten cards, one a minute; all others one message together', async (t) => {
  const house = await openStrangersHouse(t);
  const { host } = house;
  for (let person = 1; person <= 12; person++) {
    house.door.later(20_000);
    await house.comes(person);
    await eventually('it is indexed', async () => {
      const faces = await house.unknown();
      return faces.length === person && faces.every(({ photo }) => photo !== undefined);
    });
  }
  const asked = async () => (await house.unknown()).filter(({ askedAt }) => askedAt !== undefined).length;
  await eventually('one is asked about', async () => (await asked()) === 1);
  for (let minute = 2; minute <= 10; minute++) {
    await house.minutePasses();
    await eventually('one more is asked about', async () => (await asked()) === minute);
  }
  await house.minutePasses();
  await host.waitForMessage(says(/^There are more people here I don’t know\./));
  await house.minutePasses();
  await eventually('both are shown, in one message', async () => {
    const [message, ...others] = (await host.messages()).filter(says(/^There are more people here/));
    return (
      others.length === 0 && message?.photo !== undefined && labels(message).join() === '1,2,Stop asking'
    );
  });
  assert.equal(await asked(), 10);
  const [together] = (await host.messages()).filter(says(/^There are more people here/));
  await host.press(together!, '2');
  const card = await host.waitForMessage(
    (one) => one.message_id > together!.message_id && says(/Who is it\?$/)(one),
  );
  await host.press(card, 'Ignore');
  await eventually('the other one is left', async () => {
    const message = await house.asItIs(together!);
    return message !== undefined && labels(message).join() === '1,Stop asking';
  });
});

test('a guest who was named by a card is forgotten in the middle of the party, and who is unknown with the party', async (t) => {
  const house = await openStrangersHouse(t);
  const { host, services } = house;
  await inviteGuests(house, ['Ben']);
  await house.comes(3);
  await host.press(await cardWithPicture(house), '1 · Ben');
  await host.waitForMessage(says(/^Got it, it’s Ben!$/));
  await host.say(host.bot, '/forget Ben');
  const question = await host.waitForMessage(says(/^Forget Ben for good\? That removes 1 face/));
  await host.press(question, 'Forget for good');
  const receipt = await host.waitForMessage(says(/^I’ve forgotten Ben\./));
  assert.match(receipt.text!, /\nRemoved: 1 face, /);
  const { faces, objects, items } = await readHeld(services);
  assert.deepEqual([...faces, ...objects], []);
  assert.deepEqual(
    items.filter((item) => !item.pk.startsWith('UPDATE#') && JSON.stringify(item).includes('"ben"')),
    [],
  );

  house.door.later(60_000);
  await house.comes(4);
  await eventually('the next one is indexed', async () => {
    const [face] = await house.unknown();
    return face?.photo !== undefined;
  });
  await host.say(host.bot, '/end_party');
  await host.waitForMessage(says(/^The party’s over/));
  await host.say(host.bot, '/forget party');
  const parties = await host.waitForMessage(says(/^Which party\?$/));
  await host.press(parties, labels(parties)[0]!);
  const sure = await host.waitForMessage(says(/^Forget the party of .* 1 face/));
  await host.press(sure, 'Forget that party');
  await host.waitForMessage(
    says(/^I’ve forgotten the party.*\nRemoved: 1 face, .*\nI looked again: nothing/s),
  );
  const left = await readHeld(services);
  assert.deepEqual([...left.faces, ...left.objects], []);
  assert.deepEqual(
    left.items.filter(({ pk }) => ['FACES', 'UNKNOWN'].includes(pk) || pk.startsWith('PARTY#')),
    [],
  );
});

test('by real faces: whom the picture shows to be here already brings no card, and a stranger does', async (t) => {
  const people = ['annaAgain', 'carla'] as const;
  const house = await openStrangersHouse(t, {
    recognizer: await sharedRecognizer(),
    picture: (person) => seenAtTheDoor(people[person]!),
  });
  const { host, services } = house;
  await invite(host, 'Anna', await portrait('anna'));
  const [anna] = await services.guests.list();
  const [known] = (await services.guests.photos(anna!.id))[0]!.faceIds;
  await house.door.shows({ matches: [match(known!, 99.5)] });
  await host.waitForMessage(says(/^Anna is here!$/));
  house.door.later(20_000);
  await house.comes(0);
  await eventually('the picture shows Anna', async () => {
    const [face] = await house.unknown();
    return face?.guestId === anna?.id && face?.by === 'recognition';
  });
  house.door.later(20_000);
  await house.comes(1);
  const card = await cardWithPicture(house);
  assert.deepEqual(labels(card), ['New guest', 'Lives here', 'Ignore', 'Stop asking']);
  assert.equal((await cards(house)).length, 1);
});
