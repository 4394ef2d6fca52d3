import assert from 'node:assert/strict';
import { test } from 'node:test';
import { says } from './support/bot-house.ts';
import { certain, KilledEvening } from './support/killed-evening.ts';
import { rounds } from './support/rounds.ts';

for (let round = 1; round <= rounds(1, 10); round++) {
  test(`killed at five points while guests arrive, the house loses nothing${round > 1 ? ` (round ${round})` : ''}`, async (t) => {
    const evening = await KilledEvening.begin(t);
    const { house, host } = evening;
    const anna = await evening.invite('anna', 'Anna');
    const berta = await evening.invite('berta', 'Berta');
    await house.carols();
    await evening.chooseWebcam();
    await host.say(host.bot, '/start_party');
    await evening.hears(/^The party’s on/);
    await evening.nobodyComes();

    await t.test('6: a guest’s record is on the stream, and nobody took it', async () => {
      await evening.killedAt({ when: 'record', faceId: anna }, () => evening.seen(certain(anna)));
      assert.equal(await evening.arrives('Anna'), 1);
    });

    await t.test('7: an arrival is claimed, and Telegram heard nothing', async () => {
      await evening.killedAt({ when: 'before', call: '/sendAudio ' }, () => evening.seen(certain(berta)));
      assert.equal(await evening.arrives('Berta'), 1);
    });

    await t.test(
      '8: Telegram has the message, and nobody heard so: the one that may come twice',
      async () => {
        await evening.killedAt({ when: 'after', call: '/sendAudio ' }, () =>
          evening.seen(certain('by-hand-1', 'Carla')),
        );
        assert.equal(await evening.arrives('Carla'), 2);
      },
    );

    await t.test('9: an arrival was told, and its picture was not asked for', async () => {
      await evening.killedAt({ when: 'before', call: '^POST /2015-03-31/functions/pictures/' }, () =>
        evening.seen(certain('by-hand-2', 'Dora')),
      );
      assert.equal(await evening.arrives('Dora'), 1);
    });

    await t.test('10: a party is ending, and its recap was not told', async () => {
      await evening.killedAt({ when: 'before', call: '/sendMessage ' }, () =>
        host.say(host.bot, '/end_party'),
      );
      const recap = await evening.hears(/the party’s over \(/i);
      for (const name of ['Anna', 'Berta', 'Carla', 'Dora']) assert.match(recap.text ?? '', new RegExp(name));
      await host.say(host.bot, '/status');
      await evening.hears(/^No party’s on.*\nI’m not watching the door\.\n(.+\n)?2 guests invited\./);
      assert.equal((await host.messages()).filter(says(/party’s over \(/i)).length, 1);
    });
  });
}
