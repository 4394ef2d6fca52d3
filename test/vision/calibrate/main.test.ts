import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readCalibration, readFolder } from '../../../vision/second-opinion/folder.ts';
import { emptyFolder } from '../../support/folder.ts';
import { nodeArguments } from '../../support/node-arguments.ts';
import { facesFolder, withoutFaces } from '../../support/pictures.ts';
import { tinyModelFolder } from '../../support/tiny-model.ts';

const { execArgv, file } = nodeArguments(
  fileURLToPath(new URL('../../../vision/calibrate/main.ts', import.meta.url)),
);

/** Runs the command in an empty folder, and gives how it ended and what it said. */
async function calibrate(...options: string[]) {
  const cwd = await emptyFolder();
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const { SECOND_OPINION: _, ...env } = process.env;
    execFile(process.execPath, [...execArgv, file, ...options], { cwd, env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

test('--help says what it takes; what is missing is said in words', async () => {
  const folder = await tinyModelFolder();
  const [help, none, noModel, noPhotos, unknown] = await Promise.all([
    calibrate('--help'),
    calibrate('--second-opinion', folder),
    calibrate('--photos', folder),
    calibrate('--photos', '/nowhere', '--second-opinion', folder),
    calibrate('--fotos', folder),
  ]);
  assert.equal(help.code, 0);
  assert.match(help.out, /npm run calibrate -- --photos FOLDER/);
  assert.deepEqual(
    [none.code, none.err],
    [2, 'Say where the photos are: --photos FOLDER, with one folder a person. --help says more.\n'],
  );
  assert.equal(noModel.code, 2);
  assert.match(noModel.err, /^Say where the model is: --second-opinion FOLDER, or SECOND_OPINION in \.env/);
  assert.deepEqual([noPhotos.code, noPhotos.err], [2, 'There is no folder /nowhere.\n']);
  assert.equal(unknown.code, 2);
  assert.match(unknown.err, /'--fotos'/);
});

test('a folder without people, and one without a model, are refused in words', async () => {
  const [empty, folder] = [await emptyFolder(), await tinyModelFolder()];
  const nobody = await calibrate('--photos', empty, '--second-opinion', folder);
  assert.equal(nobody.code, 1);
  assert.match(nobody.err, /has no folders with photos/);
  const noModel = await calibrate('--photos', folder, '--second-opinion', empty);
  assert.equal(noModel.code, 1);
  assert.match(noModel.err, /^There is no .*model\.json/);
});

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
