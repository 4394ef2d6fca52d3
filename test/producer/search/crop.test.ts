import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import sharp from 'sharp';
import { cropFace } from '../../../producer/search/crop.ts';
import type { Face, Picture } from '../../../vision/face.ts';
import { decodePicture } from '../../../vision/picture.ts';
import type { Recognizer } from '../../../vision/recognizer.ts';
import { distanceOf, sureDistance } from '../../../vision/similarity.ts';
import { unusable } from '../../../vision/usable.ts';
import { changed } from '../../support/changed.ts';
import { jpegOf, samplePicture } from '../../support/pictures.ts';
import { sharedRecognizer } from '../../support/recognizer.ts';

const boxesOf = (faces: readonly Face[], but: Face) =>
  faces.filter((face) => face !== but).map(({ box }) => box);

describe('the crop of a face', () => {
  let recognizer: Recognizer;
  before(async () => {
    recognizer = await sharedRecognizer();
  });

  test('shows the face as its largest, and so well that it is known again, for all in a group', async () => {
    for (const sample of [1, 3, 6] as const) {
      const group = await changed(await samplePicture(sample), (image) => image.resize(1280));
      const shown = await jpegOf(group);
      const faces = await recognizer.find(shown, 'live');
      for (const face of faces.filter((found) => !unusable(found, 'live'))) {
        const crop = await decodePicture(await cropFace(shown, face.box, boxesOf(faces, face)));
        const [largest] = await recognizer.find(crop, 'enrolment');
        assert.ok(largest, `a face of sample ${sample} is lost`);
        const distance = distanceOf(largest.descriptor, face.descriptor);
        assert.ok(distance < sureDistance, `sample ${sample}: ${distance.toFixed(2)} away`);
      }
    }
  });

  test('covers a larger face beside it, and nothing of the face itself', async () => {
    const white: Picture = { width: 400, height: 300, data: new Uint8Array(400 * 300 * 3).fill(255) };
    const face = { left: 100, top: 100, width: 80, height: 100 };
    const larger = { left: 170, top: 60, width: 160, height: 200 };
    const { data, width, height } = await decodePicture(await cropFace(await jpegOf(white), face, [larger]));
    const scale = width / (80 * 2.2);
    const at = (x: number, y: number) =>
      data[(Math.round((y - 40) * scale) * width + Math.round((x - 52) * scale)) * 3]!;
    assert.ok(height > width);
    assert.ok(at(140, 150) > 240, 'the face');
    assert.ok(at(175, 150) > 240, 'where both are');
    assert.ok(Math.abs(at(205, 150) - 0x80) < 12, 'the other');
    assert.ok(at(70, 150) > 240, 'what is round it');
  });

  test('of a small face is enlarged, of one at the edge ends there', async () => {
    const picture = await jpegOf({ width: 640, height: 360, data: new Uint8Array(640 * 360 * 3) });
    for (const box of [
      { left: 300, top: 100, width: 40, height: 44 },
      { left: -10, top: -5, width: 60, height: 70 },
      { left: 620, top: 340, width: 60, height: 70 },
    ]) {
      const { format, width = 0, height = 0 } = await sharp(await cropFace(picture, box, [])).metadata();
      assert.equal(format, 'jpeg');
      assert.ok(Math.min(width, height) >= 190, `${width}×${height}`);
    }
  });
});
