import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { mirrored } from '../local/disk/damage.ts';
import { addSong } from '../party/songs/add-song.ts';
import { carolMusic } from './support/carols.ts';
import { kindsOfFiles } from './support/damage.ts';
import { assertAllKnown, DamagedHouse, fileOfCarol, fileOfSong, whoIs } from './support/damaged-house.ts';
import { assertRefused, assertStarts, repaired } from './support/damaged-starts.ts';
import { eventually } from './support/eventually.ts';

describe('a data folder that is damaged with its copies, or in part', () => {
  let origin: Promise<DamagedHouse> | undefined;
  const opened = (t: TestContext): Promise<DamagedHouse> => {
    origin ??= DamagedHouse.open(t);
    return origin;
  };

  test('when copies are damaged too, a repair finds the faces in the photos, and makes the rest anew', async (t) => {
    const house = await opened(t);
    const folder = await house.copy();
    const collection = kindsOfFiles(folder).find((file) => file.startsWith('rekognition/collections/'))!;
    const others = [
      'rekognition/stream-processors.json',
      'secrets-manager/secrets.json',
      'telegram/bot.json',
    ];
    for (const file of [collection, ...others]) {
      const place = mirrored(folder, file);
      await writeFile(place.path, 'no state');
      await rm(place.mirror);
    }
    await assertRefused(house, folder, 'secrets.json');
    const told = await repaired(folder);
    assert.match(
      told,
      /json was damaged, so I began it anew\. Lost: the faces of a collection\. The damaged one is kept/,
    );
    assert.match(told, /I found the faces of 2 photos again; they are recognised as before\./);
    assert.match(await repaired(folder), /^$/, 'a second repair finds nothing');
    await assertStarts(house, folder, assertAllKnown);
  });

  test('a collection that is gone whole is told of with the guests’ names, and so is a song', async (t) => {
    const house = await opened(t);
    const folder = await house.copy();
    for (const parent of ['rekognition', 'mirror/rekognition'])
      await rm(path.join(folder, parent), { recursive: true });
    const song = fileOfSong(folder);
    for (const file of Object.values(mirrored(folder, song))) await rm(file);
    for (const file of Object.values(mirrored(folder, 'secrets-manager', 'secrets.json'))) await rm(file);
    const told = await assertStarts(house, folder);
    assert.match(
      told,
      /The secrets of the house were gone, so I made new ones\. .* whoever is the host stays it/,
    );
    assert.match(
      told,
      /I can't recognise Anna and Berta: .* npm run doctor -- --repair --data \S+ looks for them in the photos/,
    );
    assert.match(told, /A song is gone: “.*Jingle Bells”, the song of Anna\. Send it again/);
  });

  test('a carol that is gone is put back by the start and by a repair, and a damaged song is told of by title', async (t) => {
    const house = await opened(t);
    const folder = await house.copy();
    for (const file of Object.values(mirrored(folder, fileOfCarol(folder)))) await rm(file);
    const repairTold = await repaired(folder);
    assert.match(repairTold, /The carol “.+” was gone\. I put it back/);
    assert.ok(fileOfCarol(folder));

    const carol = fileOfCarol(folder);
    for (const file of Object.values(mirrored(folder, carol))) await rm(file);
    const song = Object.values(mirrored(folder, fileOfSong(folder)));
    for (const file of song) {
      const bytes = await readFile(file);
      bytes[bytes.length - 1]! ^= 1;
      await writeFile(file, bytes);
    }
    const started = await house.start(folder);
    if ('error' in started) throw started.error;
    const told = () => started.told.join('\n');
    try {
      await started.house.carols;
      assert.match(told(), /The carol “.+” was gone\. I put it back/);
      await eventually('the song is told of', () => /A song is gone/.test(told()));
      assert.match(
        told(),
        /Lost: “.*Jingle Bells”, the song of Anna\. The file is damaged or gone, .* The damaged one is kept as /,
      );
      assert.match(
        told(),
        /A song is gone: “.*Jingle Bells”, the song of Anna\. Send it again in the chat\./,
      );
      assert.doesNotMatch(told(), /songs\//, 'no key of the bucket');
      const { songs, guests, storage } = started.house.services;
      const [lost] = await songs.list();
      assert.equal(await storage.has(lost!.key), false);
      const { outcome } = await addSong(started.house.services, { ...lost!, bytes: await carolMusic() });
      assert.equal(outcome, 'added');
      assert.equal(await storage.has(lost!.key), true, 'sent again, it is there again');
      assert.equal((await guests.named('Anna'))[0]?.songId, lost!.id);
    } finally {
      await started.house.close();
    }
  });

  test('a table that is gone is never an empty house, and one in part is kept in part, with the numbers', async (t) => {
    const house = await opened(t);
    const gone = await house.copy();
    const rows = (folder: string) => Object.values(mirrored(folder, 'dynamodb', 'rows.jsonl'));
    for (const file of rows(gone)) await rm(file);
    await assertRefused(house, gone, 'rows.jsonl');

    const folder = await house.copy();
    for (const file of rows(folder)) {
      const lines = (await readFile(file, 'utf8')).split('\n');
      const index = lines.findIndex((line) => line.includes('Berta'));
      lines[index] = lines[index]!.replace('Berta', 'Gerda');
      await writeFile(file, lines.join('\n'));
    }
    await assertRefused(house, folder, 'rows.jsonl');
    const told = await repaired(folder);
    assert.match(told, /rows\.jsonl: \d+ entries could be read and are kept, 1 could not and is lost\./);
    await assertStarts(house, folder, async ({ services }) => {
      const [anna, ...others] = await services.guests.list();
      assert.deepEqual([anna?.name, others], ['Anna', []]);
      assert.equal(await whoIs(services, 'anna'), 'Anna');
      assert.equal(await whoIs(services, 'berta'), undefined);
    });
  });
});
