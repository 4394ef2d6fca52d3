import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputFile } from 'grammy';
import { createArrivalSender } from '../../../bot/arrival-message.ts';
import { type BotHouse, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { deliverFromHost } from '../../support/deliver.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyFolder } from '../../support/folder.ts';
import { silentMp3, silentWav } from '../../support/silence.ts';
import { silentM4a } from '../../support/silent-m4a.ts';

const mp3 = silentMp3(40, { title: 'Silent Night', artist: 'The Guests' });

async function songOf({ services }: BotHouse, guestId: string): Promise<string | undefined> {
  const songId = (await services.guests.get(guestId))?.songId;
  return songId && (await services.songs.get(songId))?.title;
}

/** Under which the bot knows a song. */
const fileIdOf = async ({ services, stand }: BotHouse, id: string): Promise<string | undefined> =>
  (await services.songs.get(id))?.fileIds?.[String(stand.telegram.bot.id)];

test('a music file becomes a song, and a guest is picked for it', async (t) => {
  const house = await openBotHouse(t);
  const { host, services, stand } = house;
  await services.guests.add('g1', 'Anna');
  await services.guests.add('g2', 'Berta');
  await host.sendAudio(host.bot, mp3, 'night.mp3');
  const question = await host.waitForMessage(says(/^Got “The Guests – Silent Night”\. Whose song is it\?/));
  await host.press(question, 'Berta');
  await host.waitForMessage(says(/^“The Guests – Silent Night” will play when Berta arrives/));
  assert.equal(await songOf(house, 'g2'), 'Silent Night');
  assert.equal(await songOf(house, 'g1'), undefined);
  const [song] = await services.songs.list();
  assert.deepEqual(await services.storage.get(song!.key), new Uint8Array(mp3));
  assert.ok(song?.fileIds?.[String(stand.telegram.bot.id)]);
});

test('a caption with a guest’s name gives the song at once', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await services.guests.add('g1', 'Anna');
  await host.sendAudio(host.bot, mp3, 'night.mp3', { caption: ' ANNA ' });
  await host.waitForMessage(says(/will play when Anna arrives/));
  assert.equal(await songOf(house, 'g1'), 'Silent Night');
});

test('a caption that names nobody, or two guests, asks', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await services.guests.add('g1', 'Anna');
  await services.guests.add('g2', 'Anna');
  await services.guests.add('g3', 'Berta');
  await host.sendAudio(host.bot, mp3, 'night.mp3', { caption: 'Carla' });
  const nobody = await host.waitForMessage(says(/I know no guest called Carla/));
  assert.deepEqual(labels(nobody), ['Anna (1)', 'Anna (2)', 'Berta']);
  await host.sendAudio(host.bot, silentMp3(50), 'other.mp3', { caption: 'Anna' });
  const two = await host.waitForMessage(says(/several guests are called Anna/));
  assert.deepEqual(labels(two), ['Anna (1)', 'Anna (2)']);
});

test('a file that came as a document is a song too, and comes back as one that plays', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await services.guests.add('g1', 'Anna');
  await host.send(host.bot, 'document', mp3, '../../Holy_Night.mp3', { caption: 'Anna' });
  const given = await host.waitForMessage(says(/“.*Holy Night” will play when Anna arrives/));
  assert.match(given.audio?.title ?? '', /Holy Night$/);
  const [song] = await services.songs.list();
  assert.match(song!.key, /^songs\/[0-9a-f]{12}$/);
  assert.doesNotMatch(song!.fileName, /[/\\]/);
  await eventually(
    'the file_id under which it came back is known',
    async () => (await fileIdOf(house, song!.id)) !== undefined,
  );
});

test('what is no song is refused in one sentence', async (t) => {
  const { host, services } = await openBotHouse(t);
  await host.send(host.bot, 'document', Buffer.from('just a text'), 'song.mp3');
  await host.waitForMessage(
    says(/^I can’t read “song\.mp3”: it isn’t what its name says, or it’s damaged\./),
  );
  await host.send(host.bot, 'audio', silentWav(1), 'song.wav');
  await host.waitForMessage(says(/^I can only play MP3 and M4A/));
  await host.send(host.bot, 'document', Buffer.alloc(21 * 1024 * 1024, 1), 'long.mp3');
  await host.waitForMessage(says(/over 20 MB/));
  await host.send(host.bot, 'voice', silentWav(1), 'voice.ogg');
  await host.waitForMessage(says(/^A voice message can’t be a guest’s song/));
  await host.send(host.bot, 'document', Buffer.from('%PDF-1.7'), 'list.pdf');
  await host.waitForMessage(says(/^I can’t use that file/));
  assert.deepEqual(await services.songs.list(), []);
});

/** An M4A under another codec: what encrypts its sound stands there. */
function encrypted(recording: Buffer, codec: string): Buffer {
  const copy = Buffer.from(recording);
  copy.write(codec, copy.indexOf('mp4a'), 'latin1');
  return copy;
}

test('a song that only its shop can play is refused in a sentence of its own', async (t) => {
  const { host, services } = await openBotHouse(t);
  const recording = await silentM4a(await emptyFolder(), 1);
  for (const [codec, name, kind] of [
    ['drms', 'song.m4p', 'document'],
    ['enca', 'song.m4a', 'audio'],
  ] as const) {
    await host.send(host.bot, kind, encrypted(recording, codec), name);
    await host.waitForMessage(says(/^That song is copy-protected, .* plain MP3 or M4A\?$/));
  }
  assert.deepEqual(await services.songs.list(), []);
});

test('what stands before a song’s sound is not stored, and what is stored can be sent', async (t) => {
  const house = await openBotHouse(t);
  const { host, services, stand } = house;
  await services.guests.add('g1', 'Anna');
  const sound = silentMp3(40);
  const { audio } = await host.sendAudio(host.bot, Buffer.concat([Buffer.alloc(9000), sound]), 'night.mp3', {
    caption: 'Anna',
  });
  await host.waitForMessage(says(/will play when Anna arrives/));
  const [song] = await services.songs.list();
  assert.deepEqual(Buffer.from(await services.storage.get(song!.key)), sound);
  await eventually(
    'the file_id under which it came back is known',
    async () => (await fileIdOf(house, song!.id)) !== undefined,
  );
  assert.notEqual(await fileIdOf(house, song!.id), audio?.file_id, 'the file that was sent is not sent on');
  const upload = new InputFile(await services.storage.get(song!.key), song!.fileName);
  assert.ok((await stand.api.sendAudio(host.bot, upload)).audio);
});

test('a song that could not be sent at the door is taken anew when it comes again', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await services.guests.add('g1', 'Anna');
  const { audio } = await host.sendAudio(host.bot, mp3, 'night.mp3', { caption: 'Anna' });
  await host.waitForMessage(says(/will play when Anna arrives/));
  const [song] = await services.songs.list();
  await services.storage.delete(song!.key);
  assert.equal(await services.songs.firstFailure(song!.id), true);
  assert.equal(await services.songs.firstFailure(song!.id), false, 'the host is told once');
  await deliverFromHost(house, 990, { audio, caption: 'Anna' });
  await host.waitForMessage(says(/will play when Anna arrives/));
  assert.deepEqual(Buffer.from(await services.storage.get(song!.key)), mp3);
  assert.equal(await services.songs.firstFailure(song!.id), true);
});

const odd = [
  ['a name turned round', 'Let it \u202e. snow', 'The \u2067Guests', 'The Guests – Let it . snow'],
  ['a title of a filler', '\u3164', '\u3164', 'night'],
  ['a title of nothing', '\u200b', 'The Guests', 'The Guests – night'],
  ['a title from right to left', 'ليلة', 'The Guests', 'The Guests – \u2068ليلة\u2069'],
] as const;
for (const [what, title, artist, shown] of odd) {
  test(`${what} is shown as “${shown}”, in the list and at the door`, async (t) => {
    const { host, services, stand } = await openBotHouse(t);
    await services.guests.add('g1', 'Anna');
    await host.sendAudio(host.bot, silentMp3(40, { title, artist }), 'night.mp3', { caption: 'Anna' });
    const given = await host.waitForMessage(says(/will play when Anna arrives/));
    assert.equal(given.caption, `“${shown}” will play when Anna arrives.`);
    const [song] = await services.songs.list();
    const send = createArrivalSender(services, stand.api, stand.telegram.bot.id);
    const arrival = {
      ...{ partyId: '2026-12-24T18:00:00.000Z', guestId: 'g1', name: 'Anna', chatId: host.bot },
      time: 0,
      similarity: 99,
    };
    const { audio } = await send({ ...arrival, box: { left: 0, top: 0, width: 1, height: 1 } }, song);
    for (const told of [audio?.title, audio?.performer ?? 'none'])
      assert.doesNotMatch(told ?? '', /[\u202e\u2067\u3164\u200b]/);
  });
}

test('many guests are paged, and a button of a guest who is gone says so', async (t) => {
  const { host, services } = await openBotHouse(t);
  for (let n = 10; n < 29; n++) await services.guests.add(`g${n}`, `Guest ${n}`);
  await host.sendAudio(host.bot, mp3, 'night.mp3');
  const first = await host.waitForMessage(says(/Whose song is it\?/));
  assert.deepEqual(labels(first), [...[10, 11, 12, 13, 14, 15, 16, 17].map((n) => `Guest ${n}`), 'More ›']);
  await host.press(first, 'More ›');
  const second = await host.waitForMessage((message) => labels(message).includes('‹ Back'));
  await host.press(second, 'More ›');
  const third = await host.waitForMessage((message) => labels(message).includes('Guest 28'));
  assert.deepEqual(labels(third), ['Guest 26', 'Guest 27', 'Guest 28', '‹ Back']);
  await services.table.delete({ pk: 'PEOPLE', sk: 'guest#g27' });
  const { text } = await host.pressAndWait(third, 'Guest 27');
  assert.match(text ?? '', /no longer there/);
  await host.press(third, 'Guest 28');
  await host.waitForMessage(says(/will play when Guest 28 arrives/));
});

test('/guests and /songs list what there is, with buttons to choose', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await services.guests.add('g1', 'Anna');
  await services.guests.add('g2', 'Berta');
  await host.sendAudio(host.bot, mp3, 'night.mp3', { caption: 'Anna' });
  await host.waitForMessage(says(/will play when Anna/));

  await host.say(host.bot, '/guests');
  const guests = await host.waitForMessage(says(/^2 guests:/));
  assert.match(
    guests.text ?? '',
    /Anna: no photo yet, “The Guests – Silent Night”\nBerta: no photo yet, no song/,
  );
  await host.press(guests, 'Berta');
  await host.press(await host.waitForMessage(says(/^Berta\n/)), 'Song');
  await host.press(await host.waitForMessage(says(/^Which song is Berta’s\?/)), 'The Guests – Silent Night');
  await host.waitForMessage(says(/will play when Berta arrives/));
  assert.equal(await songOf(house, 'g2'), 'Silent Night');

  await host.say(host.bot, '/songs');
  const songs = await host.waitForMessage(says(/^♪ The Guests – Silent Night: Anna and Berta/m));
  await host.press(songs, 'The Guests – Silent Night');
  await host.press(
    await host.waitForMessage(says(/^“The Guests – Silent Night”\nFor Anna and Berta\./)),
    'Give to a guest',
  );
  const whose = await host.waitForMessage(says(/^Whose song is “The Guests – Silent Night/));
  assert.deepEqual(labels(whose), ['Anna', 'Berta']);
});

test('a song whose file is gone is marked in /songs and told of in /status, until it is sent again', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await services.guests.add('g1', 'Anna');
  const { audio } = await host.sendAudio(host.bot, mp3, 'night.mp3', { caption: 'Anna' });
  await host.waitForMessage(says(/will play when Anna arrives/));
  await host.say(host.bot, '/status');
  const well = await host.waitForMessage(says(/^No party’s on/));
  assert.doesNotMatch(well.text ?? '', /gone|lost/);

  const [song] = await services.songs.list();
  await services.storage.delete(song!.key);
  await services.people.assign('lost-face', { kind: 'guest', id: 'g1' });
  await host.say(host.bot, '/songs');
  await host.waitForMessage(
    says(/^♪ The Guests – Silent Night: Anna \(the file is gone: send it to me again\)$/m),
  );
  await host.say(host.bot, '/status');
  await host.waitForMessage(
    says(/^I can’t recognise Anna: send me a photo, with the name\. 1 song is gone: see \/songs\.$/m),
  );

  await deliverFromHost(house, 991, { audio, caption: 'Anna' });
  await host.waitForMessage(says(/will play when Anna arrives/));
  assert.ok(await services.storage.has(song!.key));
  await host.say(host.bot, '/songs');
  await host.waitForMessage(says(/^♪ The Guests – Silent Night: Anna$/m));
});
