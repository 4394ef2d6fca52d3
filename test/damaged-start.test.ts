import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { mirrored } from '../local/disk/damage.ts';
import { repairHouse } from '../local/repair/repair.ts';
import { type Damage, damages, kindsOfFiles, randomOf } from './support/damage.ts';
import { assertAllKnown, DamagedHouse, fileOfSong } from './support/damaged-house.ts';
import { assertStarts } from './support/damaged-starts.ts';
import { isLong, seedOf } from './support/rounds.ts';

/** One file, and what becomes of it. */
interface Case {
  readonly file: string;
  readonly damage: Damage;
}

const inWords = (cases: readonly Case[]): string =>
  cases.map(({ file, damage }) => `${file} ${damage}`).join(', ');

/** Starts on damaged files, repairs if the house asks for that, and sees that everybody is known. */
async function startDamaged(origin: DamagedHouse, cases: readonly Case[], seed: number): Promise<void> {
  const folder = await origin.copy();
  const random = randomOf(seed);
  for (const { file, damage } of cases) damages[damage](path.join(folder, file), random);
  let started = await origin.start(folder);
  if ('error' in started) {
    const { message } = started.error;
    assert.ok(
      cases.some(({ file }) => message.includes(path.join(folder, file))),
      `names the file: ${message}`,
    );
    assert.match(message, /loses .+[\s\S]*npm run doctor -- --repair --data/);
    const told: string[] = [];
    await repairHouse({ folder, tell: (line) => told.push(line) });
    assert.notEqual(told.length, 0, 'the repair says what it did');
    started = await origin.start(folder);
  }
  if ('error' in started) throw started.error;
  try {
    await assertAllKnown(started.house);
  } finally {
    await started.house.close();
  }
}

/** Each file with each damage, one at a time, in `npm run test:long`; here one start, with several. */
function planOf(files: readonly string[], seed: number): Case[][] {
  const all = files.flatMap((file) => Object.keys(damages).map((damage) => [{ file, damage } as Case]));
  if (isLong) return all;
  const random = randomOf(seed);
  // A file and its copy together are damaged in the long run.
  const left = files.filter((file) => !file.startsWith('mirror'));
  const some = Array.from({ length: 9 }, () => ({
    file: left.splice(random(left.length), 1)[0]!,
    damage: Object.keys(damages)[random(Object.keys(damages).length)] as Damage,
  }));
  return [some];
}

describe('a damaged data folder', () => {
  let origin: Promise<DamagedHouse> | undefined;
  const opened = (t: TestContext): Promise<DamagedHouse> => {
    origin ??= DamagedHouse.open(t);
    return origin;
  };

  test('whatever became of its files, the house starts or says what to do, and knows every guest', async (t) => {
    const seed = seedOf(t);
    const house = await opened(t);
    const failures: string[] = [];
    const plan = planOf(kindsOfFiles(house.folder), seed);
    for (const [index, cases] of plan.entries()) {
      await startDamaged(house, cases, seed + index).catch((error: Error) => {
        failures.push(`${inWords(cases)}: ${error.message}`);
      });
    }
    t.diagnostic(`${failures.length} of ${plan.length} damaged starts failed`);
    assert.deepEqual(failures, []);
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
});
