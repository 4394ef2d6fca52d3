import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Recognizer, startRecognizer } from '../../../vision/recognizer.ts';
import { openBotHouse, says } from '../../support/bot-house.ts';
import { plainPortrait, plainRecognizer } from '../../support/plain-faces.ts';
import { portrait } from '../../support/portraits.ts';

let recognizer: Recognizer;
before(async () => {
  recognizer = await startRecognizer({ threads: 1 });
});
after(() => recognizer.close());

test('a photo without a name is asked about, also across a restart', async (t) => {
  const { host, restart } = await openBotHouse(t, { recognizer });
  await host.sendPhoto(host.bot, await portrait('anna'));
  await host.waitForMessage(says(/^Who’s this\?/));
  restart();
  await host.say(host.bot, '\u2800');
  await host.waitForMessage(says(/I can’t read that as a name/));
  restart();
  await host.say(host.bot, 'אנה');
  await host.waitForMessage(says(/^Got it, I’ll know \u2068אנה\u2069/));
});

test('a name that is none is asked for again', async (t) => {
  const { host } = await openBotHouse(t, { recognizer });
  await host.sendPhoto(host.bot, await portrait('anna'));
  await host.waitForMessage(says(/^Who’s this\?/));
  await host.say(host.bot, '\u3164\u200e');
  await host.waitForMessage(says(/I can’t read that as a name/));
  await host.say(host.bot, 'A'.repeat(300));
  await host.waitForMessage(says(/That name has 300 characters, and I can only take 64/));
  await host.say(host.bot, '🎅🏽 Claus');
  await host.waitForMessage(says(/^Got it, I’ll know 🎅🏽 Claus/));
});

test('a caption that is too long begins the question', async (t) => {
  const { host } = await openBotHouse(t, { recognizer });
  await host.sendPhoto(host.bot, await portrait('anna'), { caption: 'A'.repeat(65) });
  await host.waitForMessage(says(/That name has 65 characters/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^Got it, I’ll know Anna/));
});

test('/cancel ends the question, and what is written then is no name', async (t) => {
  const { host, services } = await openBotHouse(t, { recognizer: plainRecognizer });
  await host.sendPhoto(host.bot, await plainPortrait(1));
  await host.waitForMessage(says(/^Who’s this\?/));
  await host.say(host.bot, '/cancel');
  await host.waitForMessage(says(/^OK, cancelled/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^To add .* send me their photo/));
  await host.say(host.bot, '/cancel');
  await host.waitForMessage(says(/Nothing to cancel/i));
  assert.deepEqual(await services.guests.list(), []);
});

test('commands and music go their own way while a name is asked for', async (t) => {
  const { host } = await openBotHouse(t, { recognizer });
  await host.sendPhoto(host.bot, await portrait('anna'));
  await host.waitForMessage(says(/^Who’s this\?/));
  await host.say(host.bot, '/guests');
  await host.waitForMessage(says(/No guests yet/));
  await host.sendPhoto(host.bot, await portrait('berta'), { caption: 'Berta' });
  await host.waitForMessage(says(/^Got it, I’ll know Berta/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^Got it, I’ll know Anna/));
});

test('photos without a name wait for their turn; an album’s are one guest’s', async (t) => {
  const { host, services } = await openBotHouse(t, { recognizer });
  const album = { mediaGroupId: 'album-2' };
  await host.sendPhoto(host.bot, await portrait('anna'), album);
  await host.sendPhoto(host.bot, await portrait('annaAgain'), album);
  const last = await host.sendPhoto(host.bot, await portrait('berta'));
  await host.waitForMessage(says(/^Who’s this\?/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^Got it, 2 photos of Anna now/));
  const next = await host.waitForMessage(says(/^Who’s this\?/));
  assert.equal(next.reply_to_message?.message_id, last.message_id);
  await host.say(host.bot, 'Berta');
  await host.waitForMessage(says(/^Got it, I’ll know Berta/));
  assert.deepEqual(
    (await services.guests.list()).map(({ name }) => name),
    ['Anna', 'Berta'],
  );
});

test('an album that waits behind another question is told so, once', async (t) => {
  const { host } = await openBotHouse(t, { recognizer: plainRecognizer });
  await host.sendPhoto(host.bot, await plainPortrait(1));
  await host.waitForMessage(says(/^Who’s this\?/));
  for (const which of [0, 1])
    await host.sendPhoto(host.bot, await plainPortrait(2, which), { mediaGroupId: 'album-3' });
  await host.waitForMessage(says(/^Got it\. I’ll ask about these photos next\.$/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^Got it, I’ll know Anna/));
  await host.waitForMessage(says(/^Who’s this\?/));
  await host.say(host.bot, 'Berta');
  await host.waitForMessage(says(/^Got it, 2 photos of Berta now/));
  const told = (await host.messages()).filter(says(/I’ll ask about these photos next/));
  assert.equal(told.length, 1);
});
