import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Recognizer, startRecognizer } from '../../../vision/recognizer.ts';
import { openBotHouse, says } from '../../support/bot-house.ts';
import { portrait } from '../../support/portraits.ts';

let recognizer: Recognizer;
before(async () => {
  recognizer = await startRecognizer();
});
after(() => recognizer.close());

test('a photo without a name is asked about, also across a restart', async (t) => {
  const { host, restart } = await openBotHouse(t, { recognizer });
  await host.sendPhoto(host.bot, await portrait('anna'));
  await host.waitForMessage(says(/^Who is this\?/));
  restart();
  await host.say(host.bot, '\u2800');
  await host.waitForMessage(says(/I need a name/));
  restart();
  await host.say(host.bot, 'אנה');
  await host.waitForMessage(says(/^\u2068אנה\u2069 will be recognised/));
});

test('a name that is none is asked for again', async (t) => {
  const { host } = await openBotHouse(t, { recognizer });
  await host.sendPhoto(host.bot, await portrait('anna'));
  await host.waitForMessage(says(/^Who is this\?/));
  await host.say(host.bot, '\u3164\u200e');
  await host.waitForMessage(says(/I need a name/));
  await host.say(host.bot, 'A'.repeat(300));
  await host.waitForMessage(says(/300 characters long, and 64 is the most/));
  await host.say(host.bot, '🎅🏽 Claus');
  await host.waitForMessage(says(/^🎅🏽 Claus will be recognised/));
});

test('a caption that is too long begins the question', async (t) => {
  const { host } = await openBotHouse(t, { recognizer });
  await host.sendPhoto(host.bot, await portrait('anna'), { caption: 'A'.repeat(65) });
  await host.waitForMessage(says(/65 characters long/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^Anna will be recognised/));
});

test('/cancel ends the question, and what is written then is no name', async (t) => {
  const { host, services } = await openBotHouse(t);
  await host.sendPhoto(host.bot, await portrait('anna'));
  await host.waitForMessage(says(/^Who is this\?/));
  await host.say(host.bot, '/cancel');
  await host.waitForMessage(says(/^Never mind/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^Send me a photo/));
  await host.say(host.bot, '/cancel');
  await host.waitForMessage(says(/nothing to cancel/));
  assert.deepEqual(await services.guests.list(), []);
});

test('commands and music go their own way while a name is asked for', async (t) => {
  const { host } = await openBotHouse(t, { recognizer });
  await host.sendPhoto(host.bot, await portrait('anna'));
  await host.waitForMessage(says(/^Who is this\?/));
  await host.say(host.bot, '/guests');
  await host.waitForMessage(says(/Nobody is invited/));
  await host.sendPhoto(host.bot, await portrait('berta'), { caption: 'Berta' });
  await host.waitForMessage(says(/^Berta will be recognised/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^Anna will be recognised/));
});

test('photos without a name wait for their turn; an album’s are one guest’s', async (t) => {
  const { host, services } = await openBotHouse(t, { recognizer });
  const album = { mediaGroupId: 'album-2' };
  await host.sendPhoto(host.bot, await portrait('anna'), album);
  await host.sendPhoto(host.bot, await portrait('annaAgain'), album);
  const last = await host.sendPhoto(host.bot, await portrait('berta'));
  await host.waitForMessage(says(/^Who is this\?/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^Anna now has 2 photos/));
  const next = await host.waitForMessage(says(/^Who is this\?/));
  assert.equal(next.reply_to_message?.message_id, last.message_id);
  await host.say(host.bot, 'Berta');
  await host.waitForMessage(says(/^Berta will be recognised/));
  assert.deepEqual(
    (await services.guests.list()).map(({ name }) => name),
    ['Anna', 'Berta'],
  );
});
