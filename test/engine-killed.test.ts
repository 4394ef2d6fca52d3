import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { names } from '../local/environment.ts';
import { type FaceSearchRecord, parseRecord } from '../party/record.ts';
import { decodePicture } from '../vision/picture.ts';
import { makeClip } from './support/clip.ts';
import { eventually } from './support/eventually.ts';
import {
  claim,
  invite,
  nextArrival,
  openHouse,
  showVideo,
  startParty,
  type TestHouse,
} from './support/house.ts';
import { type Face, nobody, portrait } from './support/portraits.ts';

test('an engine killed in the middle of a party comes back, and the guests still arrive', {
  timeout: 180_000,
}, async (t) => {
  const engines: number[] = [];
  const house = await openHouse(t, { onEngine: (pid) => engines.push(pid) });
  const host = await house.person('host');
  await claim(house, host);
  await invite(host, 'Anna', await portrait('anna'));
  await invite(host, 'Berta', await portrait('berta'));
  await startParty(host);
  const records = await recordsOf(house);

  const shots = [
    await decodePicture(await nobody()),
    await frameOf('annaAgain', 0),
    await frameOf('berta', 640),
  ];
  const clip = path.join(house.folder, 'door.mp4');
  await makeClip(
    shots.map((picture) => ({ picture, seconds: 2 })),
    clip,
  );
  await showVideo(house, 'door.mp4', await readFile(clip), { loop: true });
  await eventually('frames are looked at', () => records.length > 0);
  process.kill(engines[0]!, 'SIGKILL');
  const killed = performance.now();
  const before = records.length;
  await eventually('frames are looked at again', () => records.length > before);
  t.diagnostic(`The next record came ${Math.round(performance.now() - killed)} ms after the kill.`);

  const arrivals = [await nextArrival(host), await nextArrival(host)].map(
    ({ caption, text }) => caption ?? text ?? '',
  );
  assert.deepEqual(arrivals.map((caption) => caption.split(' ')[0]).sort(), ['Anna', 'Berta']);

  const withFaces = () => records.filter(({ faces }) => faces.length > 0);
  const seen = withFaces().length;
  process.kill(engines[1]!, 'SIGKILL');
  await eventually('faces are found again', () => withFaces().length > seen + 8, 60_000);
  assert.equal(engines.length, 3);
});

/** All records that are put on the data stream from now on. */
async function recordsOf({ aws }: TestHouse): Promise<FaceSearchRecord[]> {
  const records: FaceSearchRecord[] = [];
  (await aws.dataStreams.ensure(names.dataStream)).onRecord(({ data }) => records.push(parseRecord(data)));
  return records;
}

/** A grey frame with a portrait in its left or right half. */
async function frameOf(face: Face, left: number) {
  const input = await sharp(await portrait(face))
    .resize(600, 600, { fit: 'inside' })
    .toBuffer();
  const create = { width: 1280, height: 720, channels: 3, background: '#404040' } as const;
  return await decodePicture(
    await sharp({ create })
      .composite([{ input, left: left + 20, top: 60 }])
      .png()
      .toBuffer(),
  );
}
