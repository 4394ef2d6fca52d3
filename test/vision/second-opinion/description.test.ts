import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arcfacePoints, readDescription } from '../../../vision/second-opinion/description.ts';
import { SecondOpinionError } from '../../../vision/second-opinion/second-opinion-error.ts';

const least = { size: 112, colours: 'rgb', points: 'arcface' };

test('what is not said of a model is as most models have it', () => {
  assert.deepEqual(readDescription(JSON.stringify(least)), {
    file: 'model.onnx',
    size: 112,
    colours: 'rgb',
    layout: 'nchw',
    mean: 0,
    scale: 1,
    points: arcfacePoints,
    mirror: true,
  });
});

test('ArcFace’s points go with the size, and others are taken as they are', () => {
  const { points } = readDescription(JSON.stringify({ ...least, size: 224 }));
  assert.deepEqual(points[0], { x: 2 * 38.2946, y: 2 * 51.6963 });
  const own = [
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 8],
    [9, 10.5],
  ]; // prettier-ignore
  assert.deepEqual(readDescription(JSON.stringify({ ...least, points: own })).points.at(-1), {
    x: 9,
    y: 10.5,
  });
});

const wrong: Array<[what: string, text: string, says: RegExp]> = [
  ['no JSON', '{', /^model\.json is not JSON/],
  ['a list', '[]', /must be \{…\}/],
  [
    'a word that it does not know',
    JSON.stringify({ ...least, color: 'rgb' }),
    /has "color"; there are only file, size/,
  ],
  ['no size', JSON.stringify({ ...least, size: undefined }), /needs "size"/],
  ['a size of no pixels', JSON.stringify({ ...least, size: 0 }), /needs "size"/],
  ['other colours', JSON.stringify({ ...least, colours: 'grey' }), /needs "colours": "rgb" or "bgr"/],
  ['another layout', JSON.stringify({ ...least, layout: 'NCHW' }), /needs "layout": "nchw" or "nhwc"/],
  ['a scale of nothing', JSON.stringify({ ...least, scale: 0 }), /as "scale", and not 0/],
  ['a mean that is no number', JSON.stringify({ ...least, mean: '127' }), /needs a number as "mean"/],
  [
    'four points',
    JSON.stringify({
      ...least,
      points: [
        [1, 2],
        [1, 2],
        [1, 2],
        [1, 2],
      ],
    }),
    /five pairs/,
  ],
  ['a mirror that is no truth', JSON.stringify({ ...least, mirror: 'yes' }), /true or false as "mirror"/],
  [
    'a file elsewhere',
    JSON.stringify({ ...least, file: '../model.onnx' }),
    /name of an \.onnx file in the same folder/,
  ],
];
for (const [what, text, says] of wrong)
  test(`a description with ${what} is refused in words`, () => {
    assert.throws(
      () => readDescription(text),
      (error) => error instanceof SecondOpinionError && says.test(error.message),
    );
  });
