import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { openBotHouse, says } from '../support/bot-house.ts';
import { makeClip } from '../support/clip.ts';
import { emptyFolder } from '../support/folder.ts';
import { silentMp3 } from '../support/silence.ts';
import { silentM4a } from '../support/silent-m4a.ts';

test('each file that is no song gets one answer with what is wrong and what to do, and the next good one is taken', async (t) => {
  const folder = await emptyFolder();
  const clip = path.join(folder, 'film.mp4');
  const picture = { width: 64, height: 36, data: new Uint8Array(64 * 36 * 3) };
  await makeClip([{ picture, seconds: 1 }], clip, { framesPerSecond: 5, width: 128 });
  const film = await readFile(clip);
  const song = silentMp3(40, { title: 'Silent Night' });
  const recording = await silentM4a(folder, 1);
  const tag = song.subarray(0, song.length - 40 * 417);

  const isFilm = /^That’s a film\. Send me just its song, as an MP3 or M4A\.$/;
  const isNoMusic =
    /^I can’t read “song\.mp3”: it isn’t what its name says, or it’s damaged\. Can you send the song as an MP3 or M4A\?$/;
  const isDamaged = /^I can’t hear anything in that file: it’s damaged or cut off\. Please send it again\.$/;
  const files: Array<[what: string, bytes: Buffer, fileName: string, answer: RegExp]> = [
    ['a film that is called MP3', film, 'song.mp3', isFilm],
    ['a film that is called M4A', film, 'song.m4a', isFilm],
    ['a text in UTF-16', Buffer.from('\ufeffSilent night', 'utf16le'), 'song.mp3', isNoMusic],
    [
      'an MP3 whose headers are broken',
      Buffer.from(silentMp3(40).map((byte) => (byte === 0xfb ? 0xff : byte))),
      'song.mp3',
      isNoMusic,
    ],
    ['a tag without sound', tag, 'song.mp3', isDamaged],
    ['a tag cut off', tag.subarray(0, 7), 'song.mp3', isDamaged],
    ['an M4A cut off', recording.subarray(0, 200), 'song.m4a', isDamaged],
  ];
  const house = await openBotHouse(t);
  const { host, services } = house;
  await services.guests.add('g1', 'Anna');
  for (const kind of ['document', 'audio'] as const) {
    for (const [what, bytes, fileName, answer] of files) {
      const { message_id } = await host.send(host.bot, kind, bytes, fileName, { caption: 'Anna' });
      const told = await host.waitForMessage((message) => message.message_id > message_id);
      assert.match(told.text ?? '', answer, `${what} as ${kind}`);
    }
  }
  assert.deepEqual(await services.songs.list(), []);
  assert.equal((await services.guests.get('g1'))?.songId, undefined);
  const failures = house.logged.filter((line) => line.startsWith('error'));
  assert.deepEqual(failures, []);

  for (const [bytes, fileName] of [
    [song, 'song.mp3'],
    [recording, 'song.m4a'],
  ] as const) {
    await host.sendAudio(host.bot, bytes, fileName, { caption: 'Anna' });
    await host.waitForMessage(says(/will play when Anna arrives\.$/));
  }
});
