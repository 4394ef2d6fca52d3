import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { type RecognizerOptions, startRecognizer } from '../../../vision/recognizer.ts';
import { engineName, readFolder, writeCalibration } from '../../../vision/second-opinion/folder.ts';
import { SecondDescriptor } from '../../../vision/second-opinion/second-descriptor.ts';
import { distanceOf } from '../../../vision/similarity.ts';
import { samplePicture } from '../../support/pictures.ts';
import { tinyModelFolder } from '../../support/tiny-model.ts';

async function start(t: TestContext, options: RecognizerOptions = {}) {
  const recognizer = await startRecognizer(options);
  t.after(() => recognizer.close());
  return recognizer;
}

const calibrated = (folder: string, join = { first: 0.8, second: 0.5 }) =>
  writeCalibration(folder, readFolder(folder), join, {});

test('the second opinion stands behind the engine’s own, each with its weight', async (t) => {
  const folder = await tinyModelFolder();
  calibrated(folder);
  const [alone, both] = await Promise.all([start(t), start(t, { secondOpinion: { folder } })]);
  const picture = await samplePicture(1);
  const [own, joined] = await Promise.all([
    alone.find(picture, 'enrolment'),
    both.find(picture, 'enrolment'),
  ]);
  assert.ok(own.length >= 3);
  assert.equal(joined.length, own.length);
  for (const [index, { descriptor }] of joined.entries()) {
    assert.equal(descriptor.length, 128 + 48);
    const first = own[index]!.descriptor.map((value) => value * 0.8);
    assert.ok(distanceOf(descriptor.slice(0, 128), first) < 1e-4);
    assert.ok(Math.abs(Math.hypot(...descriptor.slice(128)) - 0.5) < 1e-4, 'of length 1, with its weight');
  }
  const [a, b] = joined.map(({ descriptor }) => descriptor.slice(128));
  assert.ok(distanceOf(a!, b!) > 0.01, 'two faces are two');
  assert.equal(distanceOf(own[0]!.descriptor, joined[0]!.descriptor), Number.POSITIVE_INFINITY);
});

/** What a model makes of a face, whose 68 points lie somewhere in the picture. */
const landmarks = Array.from({ length: 68 }, (_, index) => ({
  x: 150 + (index % 17) * 8,
  y: 150 + Math.floor(index / 17) * 40,
}));

test('the order of colours and the layout are as the description says', async () => {
  const picture = await samplePicture(1);
  const seen = async (says: Record<string, unknown>) => {
    const { model, description } = readFolder(
      await tinyModelFolder({ says: { ...says, mean: 0, mirror: false } }),
    );
    const descriptor = await SecondDescriptor.open(model, description, 1);
    return descriptor.describe(picture, landmarks);
  };
  const [rgb, bgr] = await Promise.all([seen({ colours: 'rgb' }), seen({ colours: 'bgr' })]);
  // Planes of a colour stand one after another: red and blue have changed places, and green has not.
  const turned = Float32Array.from([...bgr.slice(32), ...bgr.slice(16, 32), ...bgr.slice(0, 16)]);
  assert.ok(distanceOf(rgb, turned) < 1e-5);
  assert.ok(distanceOf(rgb, bgr) > 0.01);
});

const wrong: Array<[what: string, says: RegExp, make: (folder: string) => Promise<unknown>]> = [
  ['has no description', /There is no .*model\.json/, (folder) => rm(path.join(folder, 'model.json'))],
  [
    'has no model',
    /There is no .*model\.onnx, which model\.json names/,
    (folder) => rm(path.join(folder, 'model.onnx')),
  ],
  [
    'is not calibrated',
    /is not calibrated\. Run npm run calibrate/,
    (folder) => rm(path.join(folder, 'calibration.json')),
  ],
  [
    'is of another model than its calibration',
    /is of another model, or model\.json was changed since/,
    (folder) =>
      writeFile(path.join(folder, 'model.json'), '{"size": 112, "colours": "bgr", "points": "arcface"}'),
  ],
  [
    'has a broken calibration',
    /calibration\.json cannot be read/,
    (folder) => writeFile(path.join(folder, 'calibration.json'), '{'),
  ],
];

for (const [what, says, make] of wrong)
  test(`a folder that ${what} is refused in words, by the engine and before it`, async (t) => {
    const folder = await tinyModelFolder();
    calibrated(folder);
    await make(folder);
    assert.throws(() => engineName(folder), says);
    await assert.rejects(start(t, { secondOpinion: { folder } }), says);
  });

test('a model that is none, and one of another shape than is said, are refused in words', async (t) => {
  const damaged = await tinyModelFolder();
  await writeFile(path.join(damaged, 'model.onnx'), 'no model');
  calibrated(damaged);
  await assert.rejects(start(t, { secondOpinion: { folder: damaged } }), /cannot be loaded as an ONNX model/);
  const other = await tinyModelFolder({ says: { size: 96 } });
  calibrated(other);
  await assert.rejects(
    start(t, { secondOpinion: { folder: other } }),
    /does not take a picture of the shape 1×3×96×96 that model\.json says/,
  );
});

test('another calibration, or another model, is another engine', async () => {
  const folder = await tinyModelFolder();
  calibrated(folder);
  const name = engineName(folder);
  assert.match(name ?? '', /^[0-9a-f]{16}$/);
  assert.equal(engineName(folder), name);
  calibrated(folder, { first: 0.8, second: 0.6 });
  assert.notEqual(engineName(folder), name);
  assert.equal(engineName(undefined), undefined);
});
