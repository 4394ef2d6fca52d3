import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { drawContactSheet, sheetPlaces } from '../../../lambdas/drawing/contact-sheet.ts';

type Rgb = readonly [number, number, number];
const red: Rgb = [200, 40, 40];

/** A photo whose left half is green, and whose right half is of that colour. */
async function halves([r, g, b]: Rgb): Promise<Buffer> {
  const right = { create: { width: 400, height: 400, channels: 3 as const, background: { r, g, b } } };
  return sharp({ create: { width: 800, height: 400, channels: 3, background: { r: 0, g: 160, b: 0 } } })
    .composite([{ input: right, left: 400, top: 0 }])
    .jpeg({ quality: 95 })
    .toBuffer();
}

/** The colour at a point of a picture. */
async function colourAt(jpeg: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  return [...data.subarray(at, at + 3)];
}

/** How high what is white in a part of a picture is, in pixels. */
async function brightIn(
  jpeg: Uint8Array,
  part: { left: number; top: number; width: number; height: number },
) {
  const whole = {
    left: part.left,
    top: part.top,
    width: Math.floor(part.width),
    height: Math.floor(part.height),
  };
  const { data, info } = await sharp(jpeg)
    .extract(whole)
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const rows = Array.from({ length: info.height }, (_, y) =>
    data.subarray(y * info.width, (y + 1) * info.width),
  );
  return rows.filter((row) => row.some((value) => value > 235)).length;
}

const isNear = (found: readonly number[], wanted: Rgb): boolean =>
  found.every((value, index) => Math.abs(value - wanted[index]!) < 12);

for (let faces = 1; faces <= 12; faces++) {
  test(`the squares of ${faces} lie within 1280 pixels, apart from each other, in rows`, () => {
    const places = sheetPlaces(faces);
    assert.equal(places.length, faces);
    for (const [index, { left, top, width, height }] of places.entries()) {
      assert.ok(left + width <= 1280 && top + height <= 1280 && width === height && width >= 300);
      for (const other of places.slice(0, index))
        assert.ok(other.left + other.width < left || other.top + other.height < top || other.top === top);
    }
  });
}

test('a sheet shows each face in its square, and a place where there is no picture, each with a number', async () => {
  const file = await halves(red);
  const box = { left: 0.7, top: 0.4, width: 0.1, height: 0.2 };
  const sheet = await drawContactSheet([
    { file, box },
    { file },
    { file: undefined },
    { file: Buffer.from('no picture') },
  ]);
  const places = sheetPlaces(4);
  const middle = (index: number) => {
    const { left, top, width, height } = places[index]!;
    return colourAt(sheet, left + width / 2 - 30, top + height / 2);
  };
  assert.ok(isNear(await middle(0), red), 'cut out round the face');
  assert.ok(isNear(await middle(1), [0, 160, 0]), 'or the middle of the picture');
  assert.ok(isNear(await middle(2), [154, 160, 170]));
  assert.ok(isNear(await middle(3), [154, 160, 170]));
  for (const { left, top, width, height } of places) {
    const corner = await colourAt(sheet, left + 4, top + 4);
    assert.ok(isNear(corner, [20, 33, 61]) || corner[0]! < 90, `${width} px: the number's ground is dark`);
    const row = await brightIn(sheet, { left, top, width: width / 3, height: height / 3 });
    assert.ok(row >= height / 10, `a number of ${row} px is read on a phone`);
  }
  assert.ok(
    isNear(await colourAt(sheet, places[0]!.width + 4, 50), [29, 29, 33]),
    'no chat is white by night',
  );
});
