import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { openBotHouse, says } from '../../support/bot-house.ts';
import { deliverFromHost } from '../../support/deliver.ts';
import { emptyFolder } from '../../support/folder.ts';
import { plainPortrait, plainRecognizer } from '../../support/plain-faces.ts';
import { isLong } from '../../support/rounds.ts';
import { silentMp3 } from '../../support/silence.ts';
import { silentM4a } from '../../support/silent-m4a.ts';

/** What phones, mail and messengers make of names and types; undefined when they say nothing at all. */
const saidOf = [
  { file_name: 'IMG_0001', mime_type: 'application/octet-stream' },
  { file_name: 'photo.jpg', mime_type: 'image/jpg' },
  { file_name: 'photo.JPG.txt', mime_type: 'text/plain' },
  { mime_type: '' },
  {},
];

// In a short run those that say the most that is wrong, and nothing.
for (const said of isLong ? saidOf : [saidOf[2]!, saidOf[4]!]) {
  test(`a photo that is said to be ${JSON.stringify(said)} is a photo, and a song a song`, async (t) => {
    const house = await openBotHouse(t, { recognizer: plainRecognizer });
    const { host, services } = house;
    // In a group nobody takes them; Telegram has them then.
    const group = (await host.createGroup('The flat', [])).id;
    const sent = async (bytes: Buffer) => {
      const { file_id, file_unique_id, file_size } = (await host.send(group, 'document', bytes, 'f'))
        .document!;
      return { file_id, file_unique_id, file_size, ...said };
    };
    await deliverFromHost(house, 901, { document: await sent(await plainPortrait(1)), caption: 'Anna' });
    await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
    const png = await sharp(await plainPortrait(2))
      .png()
      .toBuffer();
    await deliverFromHost(house, 902, { document: await sent(png), caption: 'Berta' });
    await host.waitForMessage(says(/^Got it, I’ll know Berta\./));
    await deliverFromHost(house, 903, { document: await sent(silentMp3(40)), caption: 'Anna' });
    await host.waitForMessage(says(/^“.+” will play when Anna arrives\.$/));
    const m4a = await silentM4a(await emptyFolder(), 1);
    await deliverFromHost(house, 904, { document: await sent(m4a), caption: 'Berta' });
    await host.waitForMessage(says(/^“.+” will play when Berta arrives\.$/));
    const names = (await services.songs.list()).map(({ fileName }) => fileName);
    assert.ok(
      names.some((name) => name.endsWith('.mp3')) && names.some((name) => name.endsWith('.m4a')),
      `${names}`,
    );
    await deliverFromHost(house, 905, {
      document: await sent(Buffer.from('Bring a cake')),
      caption: 'Carla',
    });
    assert.equal((await services.guests.list()).length, 2);
  });
}

test('a photo without a name that came as a file waits for one like any other', async (t) => {
  const { host, services } = await openBotHouse(t, { recognizer: plainRecognizer });
  await host.send(host.bot, 'document', await plainPortrait(1), 'IMG_0001.txt');
  await host.waitForMessage(says(/^Who’s this\?/));
  await host.say(host.bot, 'Anna');
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
  assert.equal((await services.guests.list()).length, 1);
});

test('a photo as a file keeps neither place nor camera in the bucket', async (t) => {
  const { host, services } = await openBotHouse(t, { recognizer: plainRecognizer });
  const exif = {
    IFD0: { Make: 'Phone of Anna' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' },
  };
  const sent = await sharp(await plainPortrait(1))
    .withMetadata({ orientation: 6, exif })
    .jpeg()
    .toBuffer();
  assert.ok(sent.includes('Phone of Anna'));
  await host.send(host.bot, 'document', sent, 'anna.jpg', { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
  const [guest] = await services.guests.list();
  const [photo] = await services.guests.photos(guest!.id);
  const stored = Buffer.from(await services.storage.get(photo!.key));
  assert.ok(!stored.includes('Phone of Anna'));
  assert.ok(!stored.includes(Buffer.from('8825', 'hex')), 'no directory of the place');
  assert.equal((await sharp(stored).metadata()).orientation, 6, 'and is upright all the same');
});
