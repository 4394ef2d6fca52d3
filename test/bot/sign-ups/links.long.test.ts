import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgetUnwelcomed } from '../../../party/sign-ups/forget-unwelcomed.ts';
import { GuestLinks, mostPeople } from '../../../party/sign-ups/guest-links.ts';
import { mostTries } from '../../../party/sign-ups/link-tries.ts';
import { openBotHouse, says } from '../../support/bot-house.ts';
import { becomeCoHost } from '../../support/co-host.ts';
import { groupPortrait, groupRecognizer } from '../../support/group-photo.ts';
import { endParty, startParty } from '../../support/house.ts';
import { agreeTo, asksAbout, guestCode, signUp } from '../../support/sign-ups.ts';
import type { PersonClient } from '../../support/telegram/person-client.ts';

/** What somebody reads who opens a link. */
async function opens(guest: PersonClient, code: string): Promise<string> {
  const { message_id: said } = await guest.say(guest.bot, `/start ${code}`);
  const { text = '' } = await guest.waitForMessage(({ message_id: id }) => id > said);
  return text;
}

test('a host who makes a new link or ends it still answers who waits; who is half way goes on by the new one', async (t) => {
  const house = await openBotHouse(t, { recognizer: groupRecognizer });
  const { host, stand, services } = house;
  const [gina, ander] = [await stand.person('guest'), await stand.person('anyone')];
  const first = await guestCode(house);
  const card = await signUp(house, gina, first, await groupPortrait([1]));
  await agreeTo(ander, first);
  const [how] = (await host.messages()).filter(says(/^Forward the next message to your guests/));
  await host.press(how!, 'New link');
  const { caption = '' } = await host.waitForMessage(
    (message) => message.message_id > card.message_id && says(/^Holly invites you!/)(message),
  );
  const second = /\?start=(\S+)$/.exec(caption)?.[1] ?? '';
  assert.match(await opens(gina, first), /^You’ve signed up already, and I’ve asked Holly\./);
  assert.match(await opens(ander, second), /^Great! How will I know you\?/);
  await forgetUnwelcomed(services);
  await ander.sendPhoto(ander.bot, await groupPortrait([2]));
  await ander.press(await ander.waitForMessage(says(/^That’s a good photo/)), 'Surprise me');
  const other = await host.waitForMessage(asksAbout(ander));

  const again = (await host.messages()).filter(says(/^Forward the next message to your guests/)).at(-1)!;
  await host.press(again, 'End it');
  await host.waitForMessage(says(/^OK, that link doesn’t work any more\./));
  await forgetUnwelcomed(services);
  await host.press(card, 'Welcome');
  await gina.waitForMessage(says(/^You’re on the list!/));
  await host.press(other, 'Welcome');
  await ander.waitForMessage(says(/^You’re on the list!/));
});

test('who waits for a host who is none any more is asked about anew by another host’s link', async (t) => {
  const house = await openBotHouse(t, { recognizer: groupRecognizer });
  const { host, stand, services } = house;
  const gina = await stand.person('guest');
  const coHost = await becomeCoHost(house);
  const code = await guestCode({ host: coHost });
  const card = await signUp({ host: coHost }, gina, code, await groupPortrait([1]));
  const own = await guestCode(house);
  assert.match(await opens(gina, own), /^You’ve signed up already, and I’ve asked Cole\./);
  await services.hosts.remove(coHost.person.id);
  assert.match(await opens(gina, own), /^Thanks! I’ve asked Holly/);
  assert.ok(!(await coHost.messages()).some(({ message_id: id }) => id === card.message_id));
  await forgetUnwelcomed(services);
  await host.press(await host.waitForMessage(asksAbout(gina)), 'Welcome');
  await gina.waitForMessage(says(/^You’re on the list!/));
});

test('a link ended while somebody waits forgets them after the party', async (t) => {
  const house = await openBotHouse(t, { recognizer: groupRecognizer });
  const { host, stand, services } = house;
  const gina = await stand.person('guest');
  await signUp(house, gina, await guestCode(house), await groupPortrait([1]));
  const [how] = (await host.messages()).filter(says(/^Forward the next message to your guests/));
  await host.press(how!, 'End it');
  await host.waitForMessage(says(/^OK, that link doesn’t work any more\./));
  await startParty(host);
  await endParty(host);
  await forgetUnwelcomed(services);
  assert.equal(await services.table.get({ pk: 'SIGNUPS', sk: `user#${gina.person.id}` }), undefined);
});

test('strangers cost so much and no more: photos and songs of one person, and people of one link', async (t) => {
  const house = await openBotHouse(t, { recognizer: groupRecognizer });
  const { stand, services } = house;
  const code = await guestCode(house);
  const gina = await stand.person('guest');
  await agreeTo(gina, code);
  const group = await groupPortrait([1, 2]);
  for (let time = 0; time < mostTries.photos; time++) await gina.sendPhoto(gina.bot, group);
  await gina.sendPhoto(gina.bot, group);
  await gina.waitForMessage(says(/^That’s all the photos I can look at for you/));
  // Being forgotten is no way round it.
  await gina.say(gina.bot, '/forget me');
  await gina.waitForMessage(says(/^I’ve forgotten you\./));
  await agreeTo(gina, code);
  await gina.sendPhoto(gina.bot, group);
  await gina.waitForMessage(says(/^That’s all the photos I can look at for you/));

  const links = new GuestLinks(services);
  const link = (await links.withCode(code))!;
  for (let other = 1; other < mostPeople; other++) assert.ok(await links.takePlace(link, other));
  assert.ok(!(await links.takePlace(link, mostPeople)));
  assert.ok(await links.takePlace(link, gina.person.id), 'whoever has a place keeps it');
  const ander = await stand.person('anyone');
  await ander.say(ander.bot, `/start ${code}`);
  await ander.press(await ander.waitForMessage(says(/Is that OK\?$/)), 'I agree');
  await ander.waitForMessage(says(/^So many people have used that link/));
});
