import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { InputFile, InputMediaBuilder } from 'grammy';
import type { Message } from 'grammy/types';
import sharp from 'sharp';
import { openSocket } from '../../support/open-socket.ts';
import { silentMp3, silentWav } from '../../support/silence.ts';
import { silentM4a } from '../../support/silent-m4a.ts';
import { openStand, refusal, type Stand, standToken } from './stand.ts';

const portrait = 'node_modules/@vladmandic/face-api/demo/sample1.jpg';
const mib = 1024 * 1024;

/** A stand-in where the host has written, so that the bot may answer. */
async function greeted(stand: Stand) {
  const holly = await stand.person('host');
  await holly.say(holly.bot, 'hello');
  return { ...stand, holly, chat: holly.bot };
}

function picture(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer();
}

async function download(stand: Stand, fileId: string, token = standToken): Promise<Response> {
  const { file_path } = await stand.api.getFile(fileId);
  return fetch(`${stand.root}/file/bot${token}/${file_path}`);
}

test('a photo that a person sends comes in Telegram sizes, upright, as JPEG without EXIF', async (t) => {
  const stand = await openStand(t);
  const holly = await stand.person('host');
  const original = await readFile(portrait);
  const turned = await sharp(original).withMetadata({ orientation: 6 }).toBuffer();

  const message = await holly.sendPhoto(holly.bot, turned, { caption: 'Anna /start' });
  const [update] = await stand.api.getUpdates();

  const sizes = update?.message?.photo ?? [];
  assert.deepEqual(
    sizes.map(({ width, height }) => [width, height]),
    [
      [60, 90],
      [213, 320],
      [533, 800],
      [853, 1280],
    ],
  );
  assert.equal(new Set(sizes.flatMap((size) => [size.file_id, size.file_unique_id])).size, 8);
  assert.deepEqual(message.photo, sizes);
  assert.deepEqual(update?.message?.caption_entities, [{ type: 'bot_command', offset: 5, length: 6 }]);
  const largest = sizes.at(-1);
  const bytes = Buffer.from(await (await download(stand, largest?.file_id ?? '')).arrayBuffer());
  const { format, exif, orientation, width } = await sharp(bytes).metadata();
  assert.deepEqual(
    [format, exif, orientation, width, bytes.length],
    ['jpeg', undefined, undefined, 853, largest?.file_size],
  );
});

test('a small photo is not enlarged', async (t) => {
  const { api, chat } = await greeted(await openStand(t));

  const sent = await api.sendPhoto(chat, new InputFile(await picture(400, 200)));

  assert.deepEqual(
    sent.photo.map(({ width, height }) => `${width}x${height}`),
    ['90x45', '320x160', '400x200'],
  );
});

test('a bot is refused a photo that is none, too large, or of impossible dimensions', async (t) => {
  const { api, chat } = await greeted(await openStand(t));
  const photo = (bytes: Buffer) => api.sendPhoto(chat, new InputFile(bytes));

  await assert.rejects(photo(Buffer.from('no picture')), refusal(400, 'Bad Request: IMAGE_PROCESS_FAILED'));
  await assert.rejects(photo(Buffer.alloc(0)), refusal(400, 'Bad Request: file must be non-empty'));
  await assert.rejects(
    photo(Buffer.alloc(10 * mib + 1)),
    refusal(400, /is too big for a photo; the maximum size/),
  );
  await assert.rejects(
    photo(await picture(2100, 100)),
    refusal(400, 'Bad Request: PHOTO_INVALID_DIMENSIONS'),
  );
  await assert.rejects(
    photo(await picture(6000, 4001)),
    refusal(400, 'Bad Request: PHOTO_INVALID_DIMENSIONS'),
  );
  await assert.rejects(
    api.sendPhoto(chat, 'https://example.org/a.jpg'),
    refusal(400, 'Bad Request: failed to get HTTP URL content'),
  );
});

test('a person is told in words when a photo is none', async (t) => {
  const { holly, chat } = await greeted(await openStand(t));

  await assert.rejects(holly.sendPhoto(chat, Buffer.from('no picture')), /send it as a file/);
  await assert.rejects(holly.send(chat, 'document', Buffer.alloc(0), 'empty.txt'), /The file is empty/);
});

test('a music file from a person carries its tags, length, name and type', async (t) => {
  const { api, holly, chat } = await greeted(await openStand(t));
  const bytes = silentMp3(100, { title: 'Jingle Bells', artist: 'Pierpont' });

  await holly.sendAudio(chat, bytes, 'bells.mp3');

  const audio = (await api.getUpdates()).at(-1)?.message?.audio;
  assert.deepEqual(
    { ...audio, file_id: '', file_unique_id: '' },
    {
      file_id: '',
      file_unique_id: '',
      file_size: bytes.length,
      file_name: 'bells.mp3',
      mime_type: 'audio/mpeg',
      duration: 3,
      title: 'Jingle Bells',
      performer: 'Pierpont',
    },
  );
});

test('a person can send as music what is none, as phones let them', async (t) => {
  const { holly, chat } = await greeted(await openStand(t));

  const sent = await holly.sendAudio(chat, Buffer.from('these are words'), 'fake.mp3');

  assert.deepEqual([sent.audio?.mime_type, sent.audio?.duration], ['audio/mpeg', 0]);
});

test('audio from a bot is MP3 or M4A by content, whatever its name', async (t) => {
  const { api, chat, folder } = await greeted(await openStand(t));
  const wrong = /^Bad Request: AUDIO_CONTENT_TYPE_INVALID/;

  const sent = await api.sendAudio(chat, new InputFile(silentMp3(40), 'named.bin'), {
    title: 'Silent Night',
    performer: 'Gruber',
    duration: 7,
    caption: 'Anna',
  });
  assert.deepEqual(
    [sent.audio.title, sent.audio.performer, sent.audio.duration],
    ['Silent Night', 'Gruber', 7],
  );
  assert.equal(sent.audio.mime_type, 'audio/mpeg');
  const m4a = await api.sendAudio(chat, new InputFile(await silentM4a(folder, 2), 'song.m4a'));
  assert.deepEqual([m4a.audio.mime_type, m4a.audio.duration], ['audio/mp4', 2]);
  await assert.rejects(api.sendAudio(chat, new InputFile(silentWav(1), 'song.mp3')), refusal(400, wrong));
  await assert.rejects(
    api.sendAudio(chat, new InputFile(Buffer.from('words'), 'song.mp3')),
    refusal(400, wrong),
  );
});

test('a cover goes with audio when it is a small JPEG, and is ignored otherwise', async (t) => {
  const { api, chat } = await greeted(await openStand(t));
  const song = () => new InputFile(silentMp3(10), 'a.mp3');

  const with320 = await api.sendAudio(chat, song(), { thumbnail: new InputFile(await picture(320, 320)) });
  assert.equal(with320.audio.thumbnail?.width, 320);
  const with321 = await api.sendAudio(chat, song(), { thumbnail: new InputFile(await picture(321, 320)) });
  assert.equal(with321.audio.thumbnail, undefined);
});

test('a file_id sends a file again: of the same kind only, and with the same file_unique_id', async (t) => {
  const { api, chat } = await greeted(await openStand(t));
  const first = await api.sendAudio(chat, new InputFile(silentMp3(10), 'a.mp3'), { title: 'A' });

  const again = await api.sendAudio(chat, first.audio.file_id);

  assert.equal(again.audio.file_unique_id, first.audio.file_unique_id);
  assert.equal(again.audio.title, 'A');
  await assert.rejects(
    api.sendPhoto(chat, first.audio.file_id),
    refusal(400, "Bad Request: can't use file of type Audio as Photo"),
  );
  await assert.rejects(
    api.sendAudio(chat, 'CQACmade-up'),
    refusal(400, 'Bad Request: wrong file identifier/HTTP URL specified'),
  );
  await assert.rejects(
    api.sendAudio(chat, ''),
    refusal(400, 'Bad Request: there is no audio in the request'),
  );
});

test('a file_id belongs to one bot', async (t) => {
  const first = await greeted(await openStand(t));
  const { audio } = await first.api.sendAudio(first.chat, new InputFile(silentMp3(10), 'a.mp3'));
  await first.close();

  const other = await openStand(t, { folder: first.folder, token: '4200000002:TEST_token-of_another' });

  await assert.rejects(
    other.api.sendAudio(first.chat, audio.file_id),
    refusal(400, 'Bad Request: wrong file identifier/HTTP URL specified'),
  );
  await assert.rejects(other.api.getFile(audio.file_id), refusal(400, 'Bad Request: invalid file_id'));
});

test('a bot downloads what a person sent, up to 20 MB, and only with its token', async (t) => {
  const stand = await greeted(await openStand(t));
  const bytes = Buffer.from('a letter');
  const small = await stand.holly.send(stand.chat, 'document', bytes, 'letter.txt');
  const large = await stand.holly.send(stand.chat, 'document', Buffer.alloc(20 * mib + 1, 1), 'large.bin');

  const id = small.document?.file_id ?? '';
  assert.deepEqual(Buffer.from(await (await download(stand, id)).arrayBuffer()), bytes);
  assert.equal((await download(stand, id, '4200000001:some-other-secret')).status, 401);
  await assert.rejects(
    stand.api.getFile(large.document?.file_id ?? ''),
    refusal(400, 'Bad Request: file is too big'),
  );
  const outside = await fetch(`${stand.root}/file/bot${standToken}/..%2Fjournal.jsonl`);
  assert.equal(outside.status, 404);
});

test('a bot uploads up to 50 MB', async (t) => {
  const { api, chat } = await greeted(await openStand(t));

  const sent = await api.sendDocument(chat, new InputFile(Buffer.alloc(50 * mib, 1), 'large.bin'));
  assert.equal(sent.document.file_size, 50 * mib);
  await assert.rejects(
    api.sendDocument(chat, new InputFile(Buffer.alloc(50 * mib + 1, 1), 'larger.bin')),
    refusal(413, 'Request Entity Too Large'),
  );
});

test('a caption has up to 1024 characters after its entities are parsed', async (t) => {
  const { api, chat } = await greeted(await openStand(t));
  const song = () => new InputFile(silentMp3(10), 'a.mp3');

  const caption = `<i>${'x'.repeat(1024)}</i>`;
  assert.equal((await api.sendAudio(chat, song(), { caption, parse_mode: 'HTML' })).caption?.length, 1024);
  await assert.rejects(
    api.sendAudio(chat, song(), { caption: 'x'.repeat(1025) }),
    refusal(400, 'Bad Request: message caption is too long'),
  );
});

test('an album comes as separate messages that share a media_group_id', async (t) => {
  const { api, chat, holly } = await greeted(await openStand(t));
  const photo = async () =>
    InputMediaBuilder.photo(new InputFile(await picture(100, 100)), { caption: 'one' });

  const sent = await api.sendMediaGroup(chat, [await photo(), await photo()]);

  assert.equal(sent.length, 2);
  const groups = sent.map((message) => (message as Message).media_group_id);
  assert.ok(groups[0]);
  assert.equal(groups[0], groups[1]);
  assert.equal((await holly.waitForMessage()).caption, 'one');
  await assert.rejects(
    api.sendMediaGroup(chat, [await photo()]),
    refusal(400, 'Bad Request: there are no messages to send as an album'),
  );
  const song = InputMediaBuilder.audio(new InputFile(silentMp3(10), 'a.mp3'));
  await assert.rejects(
    api.sendMediaGroup(chat, [await photo(), song] as never),
    refusal(400, "Bad Request: can't use the media of the specified type in the album"),
  );
});

test('the media and the caption of a message can be changed', async (t) => {
  const { api, chat, holly } = await greeted(await openStand(t));
  const sent = await api.sendAudio(chat, new InputFile(silentMp3(10), 'a.mp3'), { caption: 'Anna' });
  await holly.waitForMessage();

  await api.editMessageCaption(chat, sent.message_id, { caption: 'Anna, 20:15' });
  const captioned = await holly.waitForMessage();
  assert.deepEqual([captioned.caption, captioned.audio?.file_id], ['Anna, 20:15', sent.audio.file_id]);
  const media = InputMediaBuilder.photo(new InputFile(await picture(100, 100)), { caption: 'now a picture' });
  await api.editMessageMedia(chat, sent.message_id, media);
  const changed = await holly.waitForMessage();
  assert.deepEqual([changed.caption, changed.audio, changed.photo?.length], ['now a picture', undefined, 2]);
});

test('documents, films and voice are sent as they are', async (t) => {
  const { api, chat } = await greeted(await openStand(t));

  const report = await api.sendDocument(chat, new InputFile(Buffer.from('{}'), 'report "1".json'));
  assert.deepEqual(
    [report.document.mime_type, report.document.file_name],
    ['application/json', 'report "1".json'],
  );
  const video = await api.sendVideo(
    chat,
    new InputFile(Buffer.from('\0\0\0\x18ftypisom', 'latin1'), 'v.mp4'),
    {
      width: 640,
      height: 360,
      duration: 4,
    },
  );
  assert.deepEqual([video.video.width, video.video.duration, video.video.mime_type], [640, 4, 'video/mp4']);
});

test('a file sent by name of a part that is not there is refused', async (t) => {
  const { root, chat } = await greeted(await openStand(t));
  const body = new FormData();
  body.set('chat_id', String(chat));
  body.set('photo', 'attach://nothing');

  const answer = await fetch(`${root}/bot${standToken}/sendPhoto`, { method: 'POST', body });

  assert.equal(answer.status, 400);
});

test('another client of the Bot API finds the same files', async (t) => {
  const { root, chat } = await greeted(await openStand(t));
  const body = new FormData();
  body.set('chat_id', String(chat));
  body.set('audio', new Blob([new Uint8Array(silentMp3(10))]), 'Grüße, "du".mp3');

  const answer = await fetch(`${root}/bot${standToken}/sendAudio`, { method: 'POST', body });

  const { result } = (await answer.json()) as { result: { audio: { file_name: string } } };
  assert.equal(result.audio.file_name, 'Grüße, "du".mp3');
});

test('a request that is declared too long is refused before it is sent', async (t) => {
  const stand = await openStand(t);
  const { port, host } = new URL(stand.root);
  const own = 'x-musical-joy: 1\r\n';
  for (const [path, headers] of [
    [`/telegram/bot${standToken}/sendAudio`, ''],
    ['/telegram/chats/7100000001/messages', own],
  ]) {
    const head = `POST ${path} HTTP/1.1\r\nHost: ${host}\r\n${headers}Content-Length: 200000000\r\n\r\n`;
    const { socket, received } = await openSocket(t, Number(port), head);
    while (!received().includes('\r\n\r\n')) await once(socket, 'data');
    assert.match(received().toString(), /^HTTP\/1\.1 413 /, path);
  }
});
