import assert from 'node:assert/strict';
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { readCalibration, readFolder } from '../../../vision/second-opinion/folder.ts';
import { emptyFolder } from '../../support/folder.ts';
import { facesFolder, withoutFaces } from '../../support/pictures.ts';
import { tinyModelFolder } from '../../support/tiny-model.ts';
import { calibrate } from './calibrate.ts';

test('labelled photos join a model with the engine’s own; how far it has come is said', {
  skip: withoutFaces,
}, async () => {
  const photos = await emptyFolder();
  const faces = path.join(facesFolder, 'lfw10');
  for (const person of await readdir(faces)) {
    await mkdir(path.join(photos, person));
    for (const file of (await readdir(path.join(faces, person))).sort().slice(0, 6))
      await cp(path.join(faces, person, file), path.join(photos, person, file));
  }
  const folder = await tinyModelFolder();
  const { code, out, err } = await calibrate('--photos', photos, '--second-opinion', folder);
  assert.equal(code, 0, err);
  assert.match(out, /^Loading both engines …\nLooking at 60 photos of 10 people …\n/);
  assert.match(err, /^\d+ of 60 photos$/m);
  assert.match(out, /Of 10 people, \d+ pairs of photos of one and 1\d{3} of different ones\./);
  assert.match(
    out,
    /the project's descriptor {2}\d+\.\d %\n.*your model {16}\d+\.\d %\n.*both {22}\d+\.\d %/,
  );
  const join = readCalibration(folder, readFolder(folder));
  assert.ok(join.first > 0 && join.second > 0);
  const { people, pairs } = JSON.parse(await readFile(path.join(folder, 'calibration.json'), 'utf8'));
  assert.equal(people, 10);
  assert.ok(pairs.different > 1000);
});
