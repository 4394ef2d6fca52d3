import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enrolPhoto } from '../../party/guests/enrol-photo.ts';
import { openBotHouse, says } from '../support/bot-house.ts';
import { plainPortrait, plainRecognizer } from '../support/plain-faces.ts';
import { silentMp3 } from '../support/silence.ts';

const [anna, berta, carla] = [1, 2, 3];

test('a name of 300 characters, of spaces or of nothing that shows is asked for again, and the photo waits', async (t) => {
  const { host, services } = await openBotHouse(t, { recognizer: plainRecognizer });
  await host.sendPhoto(host.bot, await plainPortrait(anna), { caption: 'A'.repeat(300) });
  await host.waitForMessage(
    says(/^That name has 300 characters, and I can only take 64\. Do you have a shorter one\?$/),
  );
  for (const name of ['\u00a0 \u2003', '\u200b\u200d', '\u2800']) {
    await host.say(host.bot, name).catch(() => {}); // The chat itself takes no text of spaces.
    if (name.trim() !== '') await host.waitForMessage(says(/^I can’t read that as a name\. Who’s this\?$/));
  }
  await host.say(host.bot, '😀'.repeat(300));
  await host.waitForMessage(says(/^That name has 300 characters/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
  assert.deepEqual(
    (await services.guests.list()).map(({ name }) => name),
    ['Anna'],
  );
});

test('names of emoji and from right to left are names like any other, whole in every list', async (t) => {
  const { host, services } = await openBotHouse(t, { recognizer: plainRecognizer });
  const names: Array<[name: string, face: number]> = [
    ['👩🏽‍🎤🎄', anna],
    ['نور الهدى', berta],
    ['<b>Zoë</b> & *Łuk* _', carla],
  ];
  for (const [name, face] of names) {
    await host.sendPhoto(host.bot, await plainPortrait(face), { caption: name });
    if (name.includes('<')) {
      const question = await host.waitForMessage(says(/^Who’s this\? If the name is “/));
      await host.press(question, name);
    }
    await host.waitForMessage(
      ({ text }) => text?.includes(`${name}`) === true && text.startsWith('Got it, I’ll know'),
    );
  }
  await host.sendAudio(host.bot, silentMp3(40, { title: 'ليلة صامتة' }), 'song.mp3', {
    caption: 'نور الهدى',
  });
  await host.waitForMessage(says(/^“.*ليلة صامتة.*” will play when \u2068نور الهدى\u2069 arrives\.$/));
  await host.say(host.bot, '/guests');
  const list = await host.waitForMessage(says(/^3 guests:/));
  for (const [name] of names) assert.ok(list.text?.includes(name), name);
  assert.equal(
    list.entities?.filter(({ type }) => type !== 'bot_command').length ?? 0,
    0,
    'no name is markup',
  );
  assert.equal((await services.guests.list()).length, 3);
});

test('two guests of one name are two, and told apart wherever one is chosen', async (t) => {
  const { host, services } = await openBotHouse(t, { recognizer: plainRecognizer });
  await host.sendPhoto(host.bot, await plainPortrait(anna), { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know Anna/));
  // From a time when the bot let that be.
  const photo = { photoId: 'second', bytes: await plainPortrait(berta) };
  await enrolPhoto(services, photo, { name: 'anna', answer: 'newcomer' });

  await host.sendAudio(host.bot, silentMp3(40, { title: 'Song' }), 'song.mp3', { caption: 'Anna' });
  const whose = await host.waitForMessage(says(/several guests are called Anna\. Whose song is it\?$/));
  await host.press(whose, 'anna (2)');
  await host.waitForMessage(says(/^“Song” will play when anna \(2\) arrives\.$/));
  await host.say(host.bot, '/guests');
  await host.waitForMessage(says(/^2 guests:\nAnna \(1\): 1 photo, no song.*\nanna \(2\): 1 photo, “Song”/));
  const [first, second] = await services.guests.list();
  assert.notEqual(first?.id, second?.id);
});
