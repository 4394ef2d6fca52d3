import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { DamagedError, mirrored } from '../../../local/disk/damage.ts';
import { readMirrored, removeMirrored, writeMirrored } from '../../../local/disk/mirrored-file.ts';
import { removeOldAside, setAside } from '../../../local/disk/set-aside.ts';
import { damages, randomOf } from '../../support/damage.ts';
import { emptyFolder } from '../../support/folder.ts';
import { rounds, seedOf } from '../../support/rounds.ts';

const value = { faces: ['anna', 'berta'], at: 1 };

function read(folder: string, options: { readonly anew?: boolean; readonly salvage?: boolean } = {}) {
  const told: string[] = [];
  const found = readMirrored(mirrored(folder, 'a', 'state.json'), {
    ...options,
    lost: 'the faces',
    onDamage: (message) => told.push(message),
  });
  return { found, told };
}

async function kept(): Promise<string> {
  const folder = await emptyFolder();
  await writeMirrored(mirrored(folder, 'a', 'state.json'), value);
  return folder;
}

for (const which of ['path', 'mirror'] as const) {
  for (const [name, damage] of Object.entries(damages)) {
    test(`nothing is lost when the ${which === 'path' ? 'file' : 'copy'} is ${name}`, async (t) => {
      const random = randomOf(seedOf(t));
      for (let round = 0; round < rounds(3, 200); round++) {
        const folder = await kept();
        const place = mirrored(folder, 'a', 'state.json');
        damage(place[which], random);
        assert.deepEqual(read(folder).found, value);
        assert.deepEqual(readFileSync(place.path), readFileSync(place.mirror));
        assert.deepEqual(read(folder).told, []);
      }
    });
  }
}

test('what cannot be read in either is refused, begun anew or given up, as is asked', async () => {
  const spoilt = async (): Promise<string> => {
    const folder = await kept();
    const place = mirrored(folder, 'a', 'state.json');
    for (const file of [place.path, place.mirror]) writeFileSync(file, '{"half');
    return folder;
  };
  const folder = await spoilt();
  assert.throws(
    () => read(folder),
    (error) => error instanceof DamagedError && /Going on without it loses the faces/.test(error.message),
  );
  for (const options of [{ anew: true }, { salvage: true }]) {
    const { found, told } = read(await spoilt(), options);
    assert.equal(found, undefined);
    assert.match(
      told.join(),
      /state\.json was damaged, so I began it anew\. Lost: the faces\. The damaged one is kept/,
    );
  }
});

test('a file that was never kept is not there, and one that was removed does not come back', async () => {
  assert.deepEqual(read(await emptyFolder()), { found: undefined, told: [] });
  const folder = await kept();
  await removeMirrored(mirrored(folder, 'a', 'state.json'));
  assert.deepEqual(read(folder), { found: undefined, told: [] });
});

test('a file from before there were checksums and copies is read, and gets a copy', async () => {
  const folder = await kept();
  const place = mirrored(folder, 'a', 'state.json');
  await removeMirrored(place);
  writeFileSync(place.path, JSON.stringify(value));
  assert.deepEqual(read(folder), { found: value, told: [] });
  assert.equal(readFileSync(place.mirror, 'utf8'), JSON.stringify(value));
});

test('of damaged files the newest three are kept', async () => {
  const folder = await kept();
  const place = mirrored(folder, 'a', 'state.json');
  for (const content of ['1st', '2nd', '3rd', '4th', '5th']) {
    writeFileSync(place.path, content);
    read(folder);
  }
  const aside = readdirSync(path.dirname(place.path)).filter((name) => name.includes('.damaged-'));
  assert.deepEqual(
    aside.map((name) => readFileSync(path.join(path.dirname(place.path), name), 'utf8')).sort(),
    ['3rd', '4th', '5th'],
  );
});

test('nor does it matter that many come in one millisecond', async () => {
  const folder = await emptyFolder();
  const file = path.join(folder, 'state.json');
  for (let number = 1; number <= 12; number++) {
    writeFileSync(file, String(number));
    setAside(file, { now: () => 0 });
  }
  const aside = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
  assert.deepEqual(aside.sort(), ['10', '11', '12']);
});

test('a month later what was set aside is removed, wherever it lies', async () => {
  const folder = await kept();
  const place = mirrored(folder, 'a', 'state.json');
  writeFileSync(place.path, 'damaged');
  read(folder);
  const names = () => readdirSync(path.dirname(place.path));
  removeOldAside(folder, () => Date.now() + 29 * 24 * 3_600_000);
  assert.equal(names().length, 2);
  removeOldAside(folder, () => Date.now() + 31 * 24 * 3_600_000);
  assert.deepEqual(names(), ['state.json']);
});
