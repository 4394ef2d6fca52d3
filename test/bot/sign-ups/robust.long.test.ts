import assert from 'node:assert/strict';
import { test } from 'node:test';
import { welcomeButton } from '../../../bot/sign-ups/button-data.ts';
import { createTick } from '../../../lambdas/tick.ts';
import { hour } from '../../../party/clock.ts';
import { SignUps } from '../../../party/sign-ups/sign-ups.ts';
import { chatOf } from '../../support/bot-chat.ts';
import { guestsOf, openBotHouse, says } from '../../support/bot-house.ts';
import { deliver } from '../../support/deliver.ts';
import { eventually } from '../../support/eventually.ts';
import { groupPortrait, groupRecognizer } from '../../support/group-photo.ts';
import { endParty, startParty } from '../../support/house.ts';
import { agreeTo, asksAbout, guestCode, signUp, tracesOf } from '../../support/sign-ups.ts';
import { silentMp3 } from '../../support/silence.ts';

test('thirty at once: cards that Telegram does not take at once come one after the other, and none is lost', async (t) => {
  const house = await openBotHouse(t, { recognizer: groupRecognizer });
  const { host, stand, services } = house;
  const code = await guestCode(house);
  const people = await Promise.all(Array.from({ length: 6 }, (_, index) => stand.newPerson(`Guest${index}`)));
  const selfie = await groupPortrait([1]);
  // The first card is one too many for the host's chat.
  stand.telegram.faults.next('sendPhoto', { status: 429, retryAfter: 1 });
  await Promise.all(
    people.map(async (guest) => {
      await agreeTo(guest, code);
      await guest.sendPhoto(guest.bot, selfie);
      await guest.press(await guest.waitForMessage(says(/^That’s a good photo/)), 'Surprise me');
      await guest.waitForMessage(says(/^Thanks! I’ve asked/));
    }),
  );
  const tick = createTick(services, chatOf(house));
  await eventually('all cards are there', async () => {
    await tick();
    const cards = (await host.messages()).filter(says(/would like to come/));
    return cards.length === people.length;
  });
  assert.equal((await services.outbox.pending()).length, 0);
});

test('a welcome that was cut short before anybody was told is told when the press comes again', async (t) => {
  const house = await openBotHouse(t, { recognizer: groupRecognizer });
  const { host, stand, services } = house;
  const gina = await stand.person('guest');
  const card = await signUp(house, gina, await guestCode(house), await groupPortrait([1]));
  await host.press(card, 'Welcome');
  await gina.waitForMessage(says(/^You’re on the list!/));
  const signUps = new SignUps(services.table);
  await eventually('it is noted', async () => (await signUps.get(gina.person.id))?.isTold === true);
  const press = {
    ...{ id: '1', from: { id: host.person.id, is_bot: false, first_name: 'Holly' }, chat_instance: '1' },
    data: welcomeButton.write({ userId: gina.person.id }),
    message: { ...card, chat: { id: host.bot, type: 'private', first_name: 'Holly' } },
  };
  const told = async () => (await gina.messages()).filter(says(/^You’re on the list!/)).length;
  await deliver(house, { callback_query: press });
  assert.equal(await told(), 1);
  await signUps.change(gina.person.id, { isTold: undefined });
  await deliver(house, { callback_query: { ...press, id: '2' } });
  assert.equal(await told(), 2);
  assert.deepEqual(await guestsOf(house), ['Gina 1']);
});

test('a photo or a song that is gone from Telegram at the Welcome: another is asked for, or a carol plays', async (t) => {
  const house = await openBotHouse(t, { recognizer: groupRecognizer });
  const { host, stand } = house;
  const code = await guestCode(house);
  const gina = await stand.person('guest');
  await agreeTo(gina, code);
  await gina.sendPhoto(gina.bot, await groupPortrait([1]));
  await gina.waitForMessage(says(/^That’s a good photo/));
  await gina.sendAudio(gina.bot, silentMp3(40, { title: 'Dancing Queen' }), 'queen.mp3');
  const first = await host.waitForMessage(asksAbout(gina));
  stand.telegram.faults.next('getFile', { status: 400 });
  await host.press(first, 'Welcome');
  await host.waitForMessage(says(/I’ve asked Gina for another one\.$/));
  await gina.waitForMessage(says(/^I can’t get your photo from Telegram any more/));
  await gina.sendPhoto(gina.bot, await groupPortrait([1], 1));
  const second = await host.waitForMessage(
    (message) => asksAbout(gina)(message) && message.message_id > first.message_id,
  );
  await host.press(second, 'Welcome');
  await gina.waitForMessage(says(/^You’re on the list!.*\n♪ Dancing Queen/));
});

test('what nobody answered is forgotten once the party is over; and who was removed for good is not known to have signed up', async (t) => {
  let passed = 0;
  const house = await openBotHouse(t, {
    recognizer: groupRecognizer,
    clock: { ahead: 0, now: () => Date.now() + passed },
  });
  const { host, stand, services } = house;
  const code = await guestCode(house);
  const [gina, ander] = [await stand.person('guest'), await stand.person('anyone')];
  await signUp(house, gina, code, await groupPortrait([1]));
  await host.press(await signUp(house, ander, code, await groupPortrait([2])), 'Welcome');
  await ander.waitForMessage(says(/^You’re on the list!/));
  const tick = createTick(services, chatOf(house));
  await tick();
  assert.equal((await new SignUps(services.table).list()).length, 2);
  await startParty(host);
  await endParty(host);
  await eventually('the party is over', async () => (await services.parties.latest()) === undefined);
  passed = 2 * hour;
  await tick();
  assert.deepEqual(
    await tracesOf(house, gina).then((all) => all.filter((one) => /SIGNUPS|PEOPLE/.test(one))),
    [],
  );
  assert.deepEqual(
    (await new SignUps(services.table).list()).map(({ name }) => name),
    ['Ander'],
  );
  await host.say(host.bot, '/forget Ander');
  await host.press(await host.waitForMessage(says(/^Forget Ander for good\?/)), 'Forget for good');
  await host.waitForMessage(says(/^I’ve forgotten Ander\./));
  assert.deepEqual(await new SignUps(services.table).list(), []);
});
