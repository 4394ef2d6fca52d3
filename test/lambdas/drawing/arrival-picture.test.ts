import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import sharp from 'sharp';
import { drawArrival } from '../../../lambdas/drawing/arrival-picture.ts';
import type { RatioBox } from '../../../party/record/record.ts';
import { sampleFile } from '../../support/pictures.ts';

const grey = { r: 128, g: 128, b: 128 };
const face: RatioBox = { left: 0.4, top: 0.3, width: 0.1, height: 0.2 };

/** A picture in which whatever is not grey was drawn. */
const blank = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: grey } })
    .jpeg({ quality: 95 })
    .toBuffer();

interface Found {
  readonly width: number;
  readonly height: number;
  /** The pixels between which all of a colour lies; undefined when there is none. */
  readonly frame: Bounds | undefined;
  readonly label: Bounds | undefined;
  /** Pixels of the letters. */
  readonly white: number;
}

interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where the yellow frame, the dark label and the white letters are. */
async function look(jpeg: Uint8Array): Promise<Found> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const found: { frame?: Bounds; label?: Bounds; white: number } = { white: 0 };
  for (let at = 0; at < data.length; at += info.channels) {
    const [r = 0, g = 0, b = 0] = data.subarray(at, at + 3);
    const x = (at / info.channels) % info.width;
    const y = Math.floor(at / info.channels / info.width);
    if (r > 190 && g > 160 && b < 130) found.frame = around(found.frame, x, y);
    if (r < 80 && b - r > 12) found.label = around(found.label, x, y);
    if (r > 235 && g > 235 && b > 235) found.white++;
  }
  return { ...info, frame: found.frame, label: found.label, white: found.white };
}

function around(
  bounds: Bounds = { left: 1e9, top: 1e9, right: -1, bottom: -1 },
  x: number,
  y: number,
): Bounds {
  return {
    left: Math.min(bounds.left, x),
    top: Math.min(bounds.top, y),
    right: Math.max(bounds.right, x),
    bottom: Math.max(bounds.bottom, y),
  };
}

test('the frame goes round the face, and the name stands under it', async () => {
  const { frame, label, white } = await look(
    await drawArrival(await blank(1280, 720), { name: 'Anna', box: face }),
  );
  assert.ok(frame && label);
  // The face is at 512 to 640 across, 216 to 360 down.
  assert.ok(frame.left < 512 && frame.left > 480, `${frame.left}`);
  assert.ok(frame.right > 640 && frame.right < 672, `${frame.right}`);
  assert.ok(frame.top < 216 && frame.top > 180, `${frame.top}`);
  assert.ok(frame.bottom > 360 && frame.bottom < 396, `${frame.bottom}`);
  assert.ok(label.top > frame.bottom, 'under the frame');
  assert.ok(Math.abs((label.left + label.right) / 2 - 576) < 4, 'in its middle');
  assert.ok(white > 200, `letters: ${white}`);
});

test('inside the frame the face is as it was', async () => {
  const picture = readFileSync(sampleFile(3));
  const drawn = await sharp(await drawArrival(picture, { name: 'Anna', box: face }))
    .raw()
    .toBuffer();
  const plain = await sharp(picture).resize(1280, 900, { fit: 'fill' }).raw().toBuffer();
  let differences = 0;
  for (let y = 290; y < 430; y++) {
    for (let x = 525; x < 630; x++) {
      const at = (y * 1280 + x) * 3;
      if (Math.abs(drawn[at]! - plain[at]!) > 40) differences++;
    }
  }
  assert.ok(differences < 20, `${differences} pixels differ`);
});

const atTheEdge: Array<[where: string, box: RatioBox]> = [
  ['upper left', { left: -0.02, top: -0.03, width: 0.05, height: 0.08 }],
  ['lower right', { left: 0.985, top: 0.98, width: 0.01, height: 0.02 }],
  ['lower left', { left: 0, top: 0.9, width: 0.05, height: 0.1 }],
  ['whole of it', { left: 0, top: 0, width: 1, height: 1 }],
  ['more than it', { left: -1, top: -1, width: 3, height: 3 }],
];
for (const [where, box] of atTheEdge) {
  test(`a face in the picture’s ${where} has a whole frame and its name`, async () => {
    const { frame, label, white } = await look(
      await drawArrival(await blank(1280, 720), { name: 'Anna', box }),
    );
    assert.ok(frame && label && white > 200);
    assert.ok(frame.right - frame.left >= 24 && frame.bottom - frame.top >= 24, JSON.stringify(frame));
    assert.ok(label.right - label.left > 60, JSON.stringify(label));
  });
}

test('a face beside the picture is not framed, nor anything else', async () => {
  const box = { left: 1.2, top: 0.2, width: 0.1, height: 0.1 };
  const { frame, label } = await look(await drawArrival(await blank(640, 360), { name: 'Anna', box }));
  assert.deepEqual([frame, label], [undefined, undefined]);
});

test('a name that the font cannot write leaves the frame alone: no boxes', async () => {
  const { frame, label, white } = await look(
    await drawArrival(await blank(1280, 720), { name: '山田太郎', box: face }),
  );
  assert.ok(frame);
  assert.deepEqual([label, white], [undefined, 0]);
});

test('a name from right to left is written, and one with the signs of markup as it is', async () => {
  for (const name of ['نور الهدى', 'נועה', '<b>O’Brien & Sons</b>']) {
    const { white } = await look(await drawArrival(await blank(1280, 720), { name, box: face }));
    assert.ok(white > 200, name);
  }
});

const sizes: Array<[from: [number, number], to: [number, number]]> = [
  [
    [6000, 4000],
    [1280, 853],
  ],
  [
    [900, 5000],
    [230, 1280],
  ],
  [
    [640, 360],
    [640, 360],
  ],
  [
    [64, 36],
    [64, 36],
  ],
  [
    [1, 1],
    [1, 1],
  ],
];
for (const [from, to] of sizes) {
  test(`a picture of ${from.join(' × ')} keeps its proportions at ${to.join(' × ')}`, async () => {
    const name = 'A very long name of somebody who has many names';
    const { width, height } = await look(await drawArrival(await blank(...from), { name, box: face }));
    assert.deepEqual([width, height], to);
  });
}

test('a long name stays within the picture', async () => {
  const name = 'Wolfeschlegelsteinhausenbergerdorff-Müller';
  const { label, width } = await look(await drawArrival(await blank(320, 240), { name, box: face }));
  assert.ok(label && label.left >= 0 && label.right < width);
});

test('a picture without colours gets a frame in colour', async () => {
  const picture = await sharp(await blank(640, 360))
    .greyscale()
    .jpeg()
    .toBuffer();
  assert.ok((await look(await drawArrival(picture, { name: 'Anna', box: face }))).frame);
});

test('of a picture that was cut off, what is there is drawn', async () => {
  const picture = readFileSync(sampleFile(3));
  const cut = picture.subarray(0, Math.floor(picture.length / 2));
  assert.ok((await look(await drawArrival(cut, { name: 'Anna', box: face }))).frame);
});

test('what is no picture is refused', async () => {
  const begins = readFileSync(sampleFile(3)).subarray(0, 100);
  for (const none of [Buffer.from('no picture'), Buffer.alloc(0), begins])
    await assert.rejects(drawArrival(none, { name: 'Anna', box: face }));
});
