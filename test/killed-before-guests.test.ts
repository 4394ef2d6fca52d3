import assert from 'node:assert/strict';
import { test } from 'node:test';
import { names } from '../local/environment.ts';
import { carolMusic } from './support/carols.ts';
import { KilledEvening } from './support/killed-evening.ts';
import { portrait } from './support/portraits.ts';
import { rounds } from './support/rounds.ts';

for (let round = 1; round <= rounds(1, 10); round++) {
  test(`killed at five points before the first guest, the house loses nothing${round > 1 ? ` (round ${round})` : ''}`, async (t) => {
    const evening = await KilledEvening.begin(t);
    const { house, host } = evening;
    let anna: string | undefined;

    await t.test('1: a photo was accepted, and nobody looked at it yet', async () => {
      await evening.killedAt({ when: 'before', call: '^POST /webhook/' }, async () =>
        host.sendPhoto(host.bot, await portrait('anna'), { caption: 'Anna' }),
      );
      await evening.hears(/^Got it, I’ll know Anna/);
      [anna] = await evening.faces();
    });

    await t.test('2: a photo’s face is in the collection, and nobody knows whose it is', async () => {
      await evening.killedAt({ when: 'after', call: 'RekognitionService.IndexFaces' }, async () =>
        host.sendPhoto(host.bot, await portrait('berta'), { caption: 'Berta' }),
      );
      await evening.hears(/^Got it, I’ll know Berta/);
      const others = (await evening.faces()).filter((face) => face !== anna);
      assert.equal(others.length, 1, 'a face each');
      await host.say(host.bot, '/guests');
      await evening.hears(/^2 guests:\nAnna: 1 photo, .*\nBerta: 1 photo, /);
    });

    await t.test('3: a song is in the bucket, and nobody knows it', async () => {
      const music = await carolMusic();
      await evening.killedAt({ when: 'after', call: `^PUT /${names.bucket}/songs/[0-9a-f]+\\?` }, () =>
        host.sendAudio(host.bot, music, 'annas-song.mp3', { caption: 'Anna' }),
      );
      await evening.hears(/will play when Anna arrives/);
    });

    await t.test('4: a party is on, and its host was not told', async () => {
      await evening.killedAt({ when: 'before', call: '/editMessageText ' }, () =>
        host.say(host.bot, '/start_party'),
      );
      await evening.hears(/^A party’s on here already/);
    });

    await t.test('5: a party is on, and nothing was seen yet', async () => {
      await evening.chooseWebcam();
      await house.kill();
      await house.restart();
      await host.say(host.bot, '/status');
      // No camera sends: it never says that the door is watched.
      await evening.hears(
        /^The party’s on, from .*\n0 of 2 guests arrived\.\nI(’m waiting for the first picture| can’t see the door)/,
      );
      await house.carols();
    });
  });
}
