import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { repairHouse } from '../local/repair/repair.ts';
import { type Damage, damages, kindsOfFiles, randomOf } from './support/damage.ts';
import { assertAllKnown, DamagedHouse } from './support/damaged-house.ts';
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
  test('whatever became of its files, the house starts or says what to do, and knows every guest', async (t) => {
    const seed = seedOf(t);
    const house = await DamagedHouse.open(t);
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
});
