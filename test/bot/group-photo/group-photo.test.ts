import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PersonMessage } from '../../../local/telegram/state/messages.ts';
import { type BotHouse, guestsOf, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { groupPortrait, groupRecognizer } from '../../support/group-photo.ts';

const recognizer = groupRecognizer;
const [anna, ben, carla] = [1, 2, 3];

test('the people of a photo are named in any order, by texts, numbers, buttons and replies, across restarts', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host, restart } = house;
  const sent = await host.sendPhoto(host.bot, await groupPortrait([anna, ben, carla, 4]));
  const asked = await host.waitForMessage(says(/^I see 4 people, numbered from the left\.\n.*Who’s 1\?/s));
  assert.equal(asked.reply_to_message?.message_id, sent.message_id);
  assert.deepEqual(labels(asked), ['2', '3', '4', 'Skip 1', 'That’s all']);

  await host.say(host.bot, '3 Carla');
  await host.waitForMessage(says(/\n3 Carla\n.*Who’s 4\?/s));
  restart();
  await host.press(await latest(house), '1');
  await host.waitForMessage(says(/Who’s 1\?/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^I see.*\n1 Anna\n.*Who’s 2\?/s));
  restart();
  await host.press(await latest(house), 'Skip 2');
  await host.waitForMessage(says(/\n2 –\n.*Who’s 4\?/s));
  await host.say(host.bot, 'Dora', { replyTo: asked.message_id });
  const done = await host.waitForMessage(says(/^Got it! From the left:\n1 Anna\n3 Carla\n4 Dora\n/));
  assert.equal(done.message_id, asked.message_id, 'one message all the way');
  assert.match(done.text ?? '', /forgotten the other face\.\nWant a song for one of them\?/);
  assert.deepEqual(labels(done), []);
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Carla 1', 'Dora 1']);
  assert.equal((await house.services.collection.faces()).length, 3);
});

test('each face is known by itself afterwards, and the same photo sent again is nothing new', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  await host.sendPhoto(host.bot, await groupPortrait([anna, ben]), { caption: 'Anna and Ben' });
  const asked = await host.waitForMessage(says(/^I see 2 people/));
  assert.deepEqual(labels(asked).slice(0, 2), ['Anna', 'Ben'], 'the names under it are offered');
  await host.press(asked, 'Anna');
  await host.press(await host.waitForMessage(says(/Who’s 2\?/)), 'Ben');
  await host.waitForMessage(says(/^Got it! From the left:\n1 Anna\n2 Ben\n/));
  await host.sendPhoto(host.bot, await groupPortrait([anna, ben]));
  await host.waitForMessage(says(/^I already have that photo, and everyone in it: Anna and Ben\.$/));
  await host.sendPhoto(host.bot, await groupPortrait([ben]), { caption: 'Ben' });
  await host.waitForMessage(says(/^Got it, 2 photos of Ben now\./));
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Ben 2']);
});

test('a face that looks like a guest is offered as that guest first, and another name for it is asked about', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  await host.sendPhoto(host.bot, await groupPortrait([anna]), { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
  await host.sendPhoto(host.bot, await groupPortrait([ben, anna]));
  await host.waitForMessage(says(/^I see 2 people/));
  await host.say(host.bot, '2 Zoe');
  const question = await host.waitForMessage(says(/2 looks a lot like Anna\. Same person\?$/));
  assert.deepEqual(labels(question), ['It’s Anna', 'It’s Zoe', 'Someone else', '1', 'Skip 2', 'That’s all']);
  await host.press(question, 'It’s Anna');
  await host.press(await host.waitForMessage(says(/Who’s 1\?/)), 'Skip 1');
  await host.waitForMessage(says(/^Got it! From the left:\n2 Anna\n/));
  assert.deepEqual(await guestsOf(house), ['Anna 2']);
});

test('a namesake who looks different gets a name that tells them apart', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  await host.sendPhoto(host.bot, await groupPortrait([anna]), { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
  await host.sendPhoto(host.bot, await groupPortrait([ben, carla]));
  await host.waitForMessage(says(/^I see 2 people/));
  await host.say(host.bot, 'Anna');
  const question = await host.waitForMessage(says(/already have a guest called Anna, and 1 looks like/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^Is it the same person\? Tap an answer, or send me another name\.$/));
  await host.press(question, 'Someone else');
  await host.waitForMessage(says(/OK, who’s 1\?/));
  await host.say(host.bot, 'anna');
  await host.waitForMessage(says(/^You already have a guest called anna\. How can I tell them apart\?/));
  await host.say(host.bot, 'Anna B.');
  await host.waitForMessage(says(/\n1 Anna B\.\n.*Who’s 2\?/s));
  assert.deepEqual(await guestsOf(house), ['Anna 1', 'Anna B. 1']);
});

test('two presses at once name a face once, and one under an old message changes nothing', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  await host.sendPhoto(host.bot, await groupPortrait([anna, ben]), { caption: 'Anna and Ben' });
  const asked = await host.waitForMessage(says(/^I see 2 people/));
  await Promise.all([host.press(asked, 'Anna'), host.press(asked, 'Ben')]);
  await host.waitForMessage(says(/Who’s 2\?/));
  const [first] = await house.services.guests.list();
  assert.ok(first);
  assert.equal((await house.services.guests.list()).length, 1);
  await host.press(await latest(house), 'That’s all');
  const done = await host.waitForMessage(says(/^Got it! From the left:\n1 /));
  assert.deepEqual(labels(done), []);
  await host.say(host.bot, 'What a lovely evening it was');
  await host.waitForMessage(says(/^Send me a photo of a guest/));
  assert.equal((await house.services.guests.list()).length, 1);
});

test('/cancel lets the others go, and a sentence is nobody’s name', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host } = house;
  await host.sendPhoto(host.bot, await groupPortrait([anna, ben]));
  await host.waitForMessage(says(/^I see 2 people/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/Who’s 2\?/));
  await host.say(host.bot, 'That was at the lake last summer');
  await host.waitForMessage(says(/^Send me a photo of a guest/));
  await host.say(host.bot, '/cancel');
  await host.waitForMessage(says(/^Got it! From the left:\n1 Anna\n/));
  assert.deepEqual(await guestsOf(house), ['Anna 1']);
  assert.equal((await house.services.collection.faces()).length, 1);
});

/** The message about the group photo, as it reads now. */
async function latest({ host }: BotHouse): Promise<PersonMessage> {
  return (await host.messages()).findLast(({ text }) => text?.startsWith('I see ') === true)!;
}
