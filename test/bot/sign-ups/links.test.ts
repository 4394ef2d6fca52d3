import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../../../party/clock.ts';
import { GuestLinks, longestLink } from '../../../party/sign-ups/guest-links.ts';
import { labels, openBotHouse, says } from '../../support/bot-house.ts';
import { becomeCoHost } from '../../support/co-host.ts';
import { groupPortrait, groupRecognizer } from '../../support/group-photo.ts';
import { endParty, startParty } from '../../support/house.ts';
import { agreeTo, guestCode, signUp } from '../../support/sign-ups.ts';
import type { PersonClient } from '../../support/telegram/person-client.ts';

/** What somebody reads who opens a link. */
async function opens(guest: PersonClient, code: string): Promise<string> {
  const { message_id: said } = await guest.say(guest.bot, `/start ${code}`);
  const { text = '' } = await guest.waitForMessage(({ message_id: id }) => id > said);
  return text;
}

const consent = /^Hi \w+! Holly invites you/;

const over = /^That link doesn’t work any more\. Ask for a new one\.$/;

test('/invite gives a link and its picture to send round, once; and then says where it is', async (t) => {
  const house = await openBotHouse(t);
  const { host, stand } = house;
  await guestCode(house);
  const [how, invitation] = (await host.messages()).slice(-2);
  assert.match(
    how?.text ?? '',
    /^Forward the next message to your guests: .* until your next party is over\.$/,
  );
  assert.deepEqual(labels(how!), ['New link', 'End it']);
  assert.ok(invitation?.photo, 'with a QR code');
  assert.deepEqual(labels(invitation!), [], 'whoever it is forwarded to has no buttons');
  await host.say(host.bot, '/invite');
  const known = await host.waitForMessage(says(/^You have a link already: .*Nobody has used it yet\./));
  assert.equal(known.reply_to_message?.message_id, invitation!.message_id);

  const coHost = await becomeCoHost(house);
  await coHost.say(coHost.bot, '/invite');
  const { caption = '' } = await coHost.waitForMessage(says(/^Cole invites you!/));
  const [, code = ''] = /\?start=(\S+)$/.exec(caption) ?? [];
  assert.match(await opens(await stand.person('guest'), code), /^Hi Gina! Cole invites you/);
});

test('a link ends by the host’s word, by another one, and when its host is none any more', async (t) => {
  const house = await openBotHouse(t);
  const { host, stand, services } = house;
  const gina = await stand.person('guest');
  const first = await guestCode(house);
  assert.match(await opens(gina, first), consent);
  await host.press(await host.waitForMessage(says(/^Forward the next message to your guests/)), 'New link');
  await host.waitForMessage(says(/^This link doesn’t work any more/));
  assert.match(await opens(gina, first), over);
  const { caption = '' } = (await host.messages()).at(-1)!;
  const second = /\?start=(\S+)$/.exec(caption)?.[1] ?? '';
  assert.match(await opens(gina, second), consent);
  const [how] = (await host.messages()).filter(says(/^Forward the next message to your guests/));
  await host.press(how!, 'End it');
  await host.waitForMessage(says(/^OK, that link doesn’t work any more\./));
  assert.match(await opens(gina, second), over);

  const links = new GuestLinks(services);
  await services.hosts.add(77, 'Cole');
  const { link } = await links.create(77);
  assert.ok(await links.isOpen(link));
  await services.hosts.remove(77);
  assert.ok(!(await links.isOpen(link)));
});

test('a link ends with the party, or after two months; what nobody answered is forgotten then', async (t) => {
  let passed = 0;
  const house = await openBotHouse(t, {
    recognizer: groupRecognizer,
    clock: { ahead: 0, now: () => Date.now() + passed },
  });
  const { host, stand, services } = house;
  const gina = await stand.person('guest');
  const code = await guestCode(house);
  await signUp(house, gina, code, await groupPortrait([1]));
  await startParty(host);
  const ander = await stand.person('anyone');
  assert.match(await opens(ander, code), consent, 'who comes late can sign up at the party');
  await endParty(host);
  assert.match(await opens(ander, code), over);
  await gina.sendPhoto(gina.bot, await groupPortrait([2]));
  await gina.waitForMessage(says(over));

  const links = new GuestLinks(services);
  const { link } = await links.create(host.person.id);
  assert.ok(await links.isOpen(link));
  passed = longestLink + day;
  assert.ok(!(await links.isOpen(link)));
});

test('who opens it twice, or as a host, is told kindly', async (t) => {
  const house = await openBotHouse(t, { recognizer: groupRecognizer });
  const { host, stand, services } = house;
  const code = await guestCode(house);
  const gina = await stand.person('guest');
  await agreeTo(gina, code);
  assert.match(await opens(gina, code), /^Great! How will I know you\?/);
  await gina.sendPhoto(gina.bot, await groupPortrait([1]));
  await gina.waitForMessage(says(/^That’s a good photo/));
  assert.match(await opens(gina, code), /^What shall I play when you come in\?/);
  await gina.press((await gina.messages()).at(-1)!, 'Surprise me');
  await gina.waitForMessage(says(/^Thanks! I’ve asked/));
  assert.match(await opens(gina, code), /^You’ve signed up already, and I’ve asked Holly\./);
  await host.press(await host.waitForMessage(says(/^Gina would like to come/)), 'Welcome');
  await gina.waitForMessage(says(/^You’re on the list!/));
  assert.match(await opens(gina, code), /^You’re on the list already\./);
  await gina.sendPhoto(gina.bot, await groupPortrait([2]));
  await gina.waitForMessage(says(/^You’re on the list already.* tell your host\. \/forget_me deletes/));
  assert.match(await opens(host, code), /^That’s the link for your guests, and you’re a host\./);
  const [{ id } = { id: '' }] = await services.guests.list();
  await services.table.delete({ pk: 'PEOPLE', sk: `guest#${id}` });
  assert.match(await opens(gina, code), consent, 'whom a host has removed may begin anew');
});
