import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyFolder } from '../../support/folder.ts';
import { tinyModelFolder } from '../../support/tiny-model.ts';
import { calibrate } from './calibrate.ts';

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
