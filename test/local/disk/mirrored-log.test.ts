import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { DamagedError, mirrored } from '../../../local/disk/damage.ts';
import { MirroredLog } from '../../../local/disk/mirrored-log.ts';
import { damages, randomOf } from '../../support/damage.ts';
import { emptyFolder } from '../../support/folder.ts';
import { rounds, seedOf } from '../../support/rounds.ts';

const entries = Array.from({ length: 30 }, (_, i) => ({ i, text: `entry "${i}"\nü` }));

function open(folder: string, { salvage = false } = {}) {
  const told: string[] = [];
  const log = new MirroredLog<(typeof entries)[number]>(mirrored(folder, 'log.jsonl'), {
    mark: path.join(folder, 'mark.json'),
    lost: 'entries',
    onDamage: (message) => told.push(message),
    salvage,
  });
  return { log, told };
}

let origin: string | undefined;

/** A log that was closed in order, in a folder of its own. */
async function kept(): Promise<string> {
  const folder = await emptyFolder();
  if (origin === undefined) {
    origin = await emptyFolder();
    const { log } = open(origin);
    for (const entry of entries) log.append(entry);
    log.close();
  }
  await cp(origin, folder, { recursive: true });
  return folder;
}

for (const which of ['path', 'mirror'] as const) {
  for (const [name, damage] of Object.entries(damages)) {
    test(`nothing is lost when the ${which === 'path' ? 'file' : 'copy'} is ${name}`, async (t) => {
      const random = randomOf(seedOf(t));
      for (let round = 0; round < rounds(2, 100); round++) {
        const folder = await kept();
        damage(mirrored(folder, 'log.jsonl')[which], random);
        const { log } = open(folder);
        assert.deepEqual(log.take(), entries);
        log.append({ i: 30, text: 'more' });
        log.close();
        const again = open(folder);
        assert.equal(again.log.take().length, 31);
        assert.deepEqual(again.told, [], 'what was put right is right');
        again.log.close();
      }
    });
  }
}

test('damage is told with the file, and the damaged file is kept', async () => {
  const folder = await kept();
  const { path: file } = mirrored(folder, 'log.jsonl');
  truncateSync(file, 100);
  const { log, told } = open(folder);
  log.close();
  assert.equal(told.length, 1);
  assert.match(told[0]!, /log\.jsonl was damaged\. I put it back from its copy, and nothing is lost\./);
  const [aside] = readdirSync(folder).filter((name) => name.includes('.damaged-'));
  assert.equal(readFileSync(path.join(folder, aside!)).length, 100);
});

test('a file and its copy that are damaged in different places are whole together', async () => {
  const folder = await kept();
  const place = mirrored(folder, 'log.jsonl');
  spoil(place.path, 5);
  spoil(place.mirror, 20);
  const { log, told } = open(folder);
  assert.deepEqual(log.take(), entries);
  log.close();
  assert.match(told.join(), /damaged in different places\. Together they were whole/);
});

test('damage in the same place is refused, and a salvage keeps all else and says how much is lost', async () => {
  const folder = await kept();
  const place = mirrored(folder, 'log.jsonl');
  for (const file of [place.path, place.mirror]) spoil(file, 5);
  assert.throws(() => open(folder), DamagedError);
  assert.throws(
    () => open(folder),
    /log\.jsonl is damaged, and so is its copy\. Going on without it loses entries/,
  );
  const { log, told } = open(folder, { salvage: true });
  assert.deepEqual(
    log.take(),
    entries.filter(({ i }) => i !== 4),
  );
  log.close();
  assert.match(
    told.join(),
    /29 entries could be read and are kept, 1 could not and is lost\. The damaged ones are kept as.*damaged-.* and .*damaged-/,
  );
  assert.equal(open(folder).log.take().length, 29);
});

test('a log of which both files are gone is not taken for a new one', async () => {
  const folder = await kept();
  const place = mirrored(folder, 'log.jsonl');
  for (const file of [place.path, place.mirror]) rmSync(file);
  assert.throws(() => open(folder), DamagedError);
  const { log } = open(folder, { salvage: true });
  assert.deepEqual(log.take(), []);
  log.close();
  open(folder).log.close();
});

test('a process that ended while it wrote left no damage', async () => {
  for (const torn of [1, 20, 1000]) {
    const folder = await kept();
    const { mirror } = mirrored(folder, 'log.jsonl');
    const lines = readFileSync(mirror, 'utf8').split('\n');
    const last = lines.at(-2)!;
    // The copy is written after the file.
    truncateSync(mirror, Buffer.byteLength(lines.join('\n')) - Math.min(torn, Buffer.byteLength(last) + 1));
    const { log, told } = open(folder);
    assert.deepEqual(log.take(), entries);
    log.close();
    assert.deepEqual(told, []);
  }
});

test('a log written anew is whole, also when the process ended before its copy was', async () => {
  const folder = await kept();
  const place = mirrored(folder, 'log.jsonl');
  const before = path.join(folder, 'before');
  copyFileSync(place.mirror, before);
  const first = open(folder);
  first.log.rewrite(entries.slice(0, 3));
  first.log.close();
  copyFileSync(before, place.mirror);
  const second = open(folder);
  assert.deepEqual(second.log.take(), entries.slice(0, 3));
  second.log.append(entries[3]!);
  second.log.close();
  assert.deepEqual(second.told, []);
  assert.deepEqual(open(folder).log.take(), entries.slice(0, 4));
  assert.deepEqual(readFileSync(place.path), readFileSync(place.mirror));
});

test('lines from before there were checksums are taken over', async () => {
  const folder = await emptyFolder();
  const { path: file, mirror } = mirrored(folder, 'log.jsonl');
  writeFileSync(file, `${entries.map((entry) => JSON.stringify(entry)).join('\n')}\n{"i":`);
  const { log, told } = open(folder);
  assert.deepEqual(log.take(), entries);
  log.close();
  assert.deepEqual(told, []);
  assert.ok(existsSync(mirror));
});

/** Changes a byte in a line. */
function spoil(file: string, line: number): void {
  const lines = readFileSync(file, 'utf8').split('\n');
  lines[line] = lines[line]!.replace('entry', 'entrx');
  writeFileSync(file, lines.join('\n'));
}
