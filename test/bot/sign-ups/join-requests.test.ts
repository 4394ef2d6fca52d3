import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SignUps } from '../../../party/sign-ups/sign-ups.ts';
import { type BotHouse, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { groupPortrait, groupRecognizer } from '../../support/group-photo.ts';
import { asksAbout, tracesOf } from '../../support/sign-ups.ts';
import type { PersonClient } from '../../support/telegram/person-client.ts';

const isIn = async (guest: PersonClient, group: number): Promise<boolean> =>
  (await guest.chats()).some(({ id }) => id === group);

/** Somebody who has asked to join agrees, and gives a selfie. @returns the card in the host's chat */
async function answers({ host }: BotHouse, guest: PersonClient, person: number) {
  const consent = await guest.waitForMessage(says(/^You asked to join the group of a party\./));
  assert.deepEqual(labels(consent), ['I agree', 'No, thanks']);
  await guest.press(consent, 'I agree');
  await guest.waitForMessage(says(/^Great! How will I know you\?/));
  await guest.sendPhoto(guest.bot, await groupPortrait([person]));
  await guest.press(await guest.waitForMessage(says(/^That’s a good photo/)), 'Surprise me');
  await guest.waitForMessage(says(/^Thanks! I’ve asked Holly/));
  return host.waitForMessage(asksAbout(guest));
}

test('a request to join a group that a host has opened is answered with the same questions, and by Welcome or Decline', async (t) => {
  const house = await openBotHouse(t, { recognizer: groupRecognizer });
  const { host, stand } = house;
  const group = (await host.createGroup('The flat', [])).id;
  const [ada, ben, cleo] = [
    await stand.newPerson('Ada'),
    await stand.newPerson('Ben'),
    await stand.newPerson('Cleo'),
  ];
  await ada.askToJoin(group);
  await host.say(group, '/invite');
  await host.waitForMessage(says(/^OK! Until the next party is over, whoever asks to join this group/));
  assert.deepEqual(await ada.messages(), [], 'before, a request was the administrators’ alone');

  await ben.askToJoin(group);
  await host.press(await answers(house, ben, 1), 'Welcome');
  await ben.waitForMessage(says(/^You’re on the list!/));
  assert.ok(await isIn(ben, group));

  await cleo.askToJoin(group);
  await host.press(await answers(house, cleo, 2), 'Decline');
  await cleo.waitForMessage(says(/^Sorry, Holly hasn’t put you on the list/));
  assert.ok(!(await isIn(cleo, group)));
  assert.deepEqual(
    (await tracesOf(house, cleo)).filter((trace) => /SIGNUPS|PEOPLE/.test(trace)),
    [],
  );

  // Who is on the list already need not be asked again: in another group of the same house.
  const other = (await host.createGroup('The garden', [])).id;
  await host.say(other, '/invite');
  await host.waitForMessage(
    (message) => message.chat.id === other && says(/^OK! Until the next party is over/)(message),
  );
  await ben.askToJoin(other);
  await host.say(host.bot, '/guests');
  await host.waitForMessage(says(/^1 guest:/));
  assert.ok(await isIn(ben, other));
});

test('the group of the party that is on is open by itself; who does not agree stays with its administrators', async (t) => {
  const house = await openBotHouse(t, { recognizer: groupRecognizer });
  const { host, stand, services } = house;
  const group = (await host.createGroup('The flat', [])).id;
  await services.parties.start({
    chatId: group,
    startedBy: host.person.id,
    endsAt: Date.now() + 3_600_000,
  });
  const ada = await stand.newPerson('Ada');
  await ada.askToJoin(group);
  const consent = await ada.waitForMessage(says(/^You asked to join the group of a party\./));
  await ada.press(consent, 'No, thanks');
  await ada.waitForMessage(says(/^OK, then I won’t know you at the door.* up to its admins\.$/));
  assert.equal(await new SignUps(services.table).get(ada.person.id), undefined);
  await stand.api.approveChatJoinRequest(group, ada.person.id);

  // By the host's word it is left to them altogether.
  await host.say(group, '/invite');
  await host.press(await host.waitForMessage(says(/^OK! Until the next party is over/)), 'End it');
  await host.waitForMessage(says(/^OK, who asks to join this group is up to its admins again\./));
  const ben = await stand.newPerson('Ben');
  await ben.askToJoin(group);
  await host.say(group, '/status');
  await host.waitForMessage(says(/^The party’s on/));
  assert.deepEqual(await ben.messages(), []);
});

test('in a group where the bot may not let anybody in, /invite says what it takes', async (t) => {
  const { host } = await openBotHouse(t);
  const group = (await host.createGroup('The flat', [], false)).id;
  await host.say(group, '/invite');
  await host.waitForMessage(says(/^Here I can answer who asks to join, if you make me an admin/));
  const basic = (await host.createBasicGroup('The old flat', [])).id;
  await host.say(basic, '/invite');
  await host.waitForMessage((message) => message.chat.id === basic && says(/^Here I can answer/)(message));
});
