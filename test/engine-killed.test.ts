import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { names } from '../local/environment.ts';
import { type FaceSearchRecord, parseRecord } from '../party/record/record.ts';
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
import { swaying } from './support/swaying.ts';

test('an engine killed in the middle of a party comes back, the guests still arrive, and nothing is mixed up', {
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
  await makeClip((await Promise.all(shots.map((picture) => swaying(picture, 2)))).flat(), clip, {
    framesPerSecond: 10,
  });
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

  const withFaces = () => records.filter(({ record }) => record.faces.length > 0);
  const seen = withFaces().length;
  process.kill(engines[1]!, 'SIGKILL');
  await eventually('faces are found again', () => withFaces().length > seen + 8, 60_000);
  assert.equal(engines.length, 3);

  const guests = await namesOf(
    house,
    records.map(({ record }) => record),
  );
  const said = new Set<string>();
  for (const { record, shown } of withFaces()) {
    const who = whoIsSaid(record, guests);
    if (who === undefined) continue;
    assert.deepEqual(who, { name: await shown, half: await shown });
    said.add(who.name!);
  }
  assert.deepEqual([...said].sort(), ['Anna', 'Berta']);
});

/** Who is in a picture, by the half that is not grey: Anna on the left, Berta on the right. */
type Who = 'Anna' | 'Berta';

/** A record, and whom the picture shows that the camera keeps of the record's frame. */
interface Said {
  readonly record: FaceSearchRecord;
  readonly shown: Promise<Who | undefined>;
}

/** All records that are put on the data stream from now on. */
async function recordsOf({ aws, camera }: TestHouse): Promise<Said[]> {
  const records: Said[] = [];
  (await aws.dataStreams.ensure(names.dataStream)).onRecord(({ data }) => {
    const record = parseRecord(data);
    // At once, for the camera keeps its pictures for a minute only.
    const picture = camera.picture(record.producerTime + record.frameOffset);
    records.push({ record, shown: picture.then((kept) => kept && whoIsShown(kept.jpeg)) });
  });
  return records;
}

async function whoIsShown(jpeg: Buffer): Promise<Who> {
  // Small enough that reading it takes next to nothing, for there are hundreds.
  const [width, height] = [128, 72];
  const grey = await sharp(jpeg).resize(width, height, { fit: 'fill' }).greyscale().raw().toBuffer();
  const [left, right] = [false, true].map((isRight) =>
    spread(grey.filter((_, at) => at % width >= width / 2 === isRight)),
  );
  return left! > right! ? 'Anna' : 'Berta';
}

/** The variance: of a half that is all grey, next to nothing. */
function spread(values: Uint8Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

/** The guests' names by their faces in the records. */
async function namesOf(
  { services: { guests, people } }: TestHouse,
  records: readonly FaceSearchRecord[],
): Promise<Map<string, string>> {
  const faceIds = records.flatMap(({ faces }) =>
    faces.flatMap(({ matches }) => matches.map(({ faceId }) => faceId)),
  );
  const byId = new Map((await guests.list()).map(({ id, name }) => [id, name]));
  const owners = [...(await people.owners(faceIds))];
  return new Map(
    owners.flatMap(([faceId, { kind, id }]) => (kind === 'guest' ? [[faceId, byId.get(id) ?? id]] : [])),
  );
}

/**
 * Whom a record names, and in which half of the frame it found that face; undefined when it names nobody. A guest whom
 * the looks missed for a while may be among the unknown faces too.
 */
function whoIsSaid({ faces }: FaceSearchRecord, names: ReadonlyMap<string, string>) {
  const [face] = faces;
  const best = face?.matches.find(({ faceId }) => names.has(faceId));
  if (!face || !best) return undefined;
  const half: Who = face.box.left + face.box.width / 2 < 0.5 ? 'Anna' : 'Berta';
  return { name: names.get(best.faceId), half };
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
