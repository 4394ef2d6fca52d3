import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { DrawnGuest, DrawnParty } from '../../../lambdas/drawing/drawn-party.ts';
import { fittedText } from '../../../lambdas/drawing/fitted-text.ts';
import { recapLayout } from '../../../lambdas/drawing/recap-layout.ts';
import { drawRecap } from '../../../lambdas/drawing/recap-picture.ts';
import { startNodeProgram } from '../../support/node-program.ts';

type Rgb = readonly [number, number, number];
const red: Rgb = [200, 40, 40];
const start = Date.parse('2026-11-28T19:00:00Z');

/** A camera's picture of that colour. */
async function plain([r, g, b]: Rgb): Promise<Buffer> {
  const create = { width: 640, height: 360, channels: 3 as const, background: { r, g, b } };
  return sharp({ create }).jpeg({ quality: 95 }).toBuffer();
}

const guest = (name: string, picture: Buffer | undefined): DrawnGuest => ({
  ...{ name, time: start, clock: '19:00' },
  picture: async () => picture,
  box: { left: 0.4, top: 0.4, width: 0.1, height: 0.2 },
});

const party = (guests: readonly DrawnGuest[]): DrawnParty => ({
  names: ['The flat', 'The party of Sat 28 Nov'],
  when: 'Saturday 28 November 2026',
  from: { time: start, clock: '19:00' },
  to: { time: start + 3_600_000, clock: '20:00' },
  guests,
});

/** The colour at a point of a picture. */
async function colourAt(jpeg: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const at = (Math.round(y) * info.width + Math.round(x)) * info.channels;
  return [...data.subarray(at, at + 3)];
}

const isNear = (found: readonly number[], wanted: Rgb): boolean =>
  found.every((value, index) => Math.abs(value - wanted[index]!) < 14);

test('each guest is there as the camera saw them, and whoever has no picture has a letter', async () => {
  const whole = await plain(red);
  const { jpeg, unwritten } = await drawRecap(
    party([
      guest('Anna', whole),
      guest('Ben', undefined),
      guest('Cara', Buffer.from('no picture')),
      guest('Dan', whole.subarray(0, Math.floor(whole.length * 0.9))),
    ]),
  );
  assert.deepEqual(unwritten, []);
  const { tiles } = recapLayout(4);
  const [anna, ben, cara, dan] = await Promise.all(
    tiles.map(({ face }) => colourAt(jpeg, face.left + face.width / 2, face.top + face.height * 0.1)),
  );
  assert.ok(isNear(anna!, red), String(anna));
  assert.ok(isNear(dan!, red), 'of one that was cut off, what is there is shown');
  for (const found of [ben!, cara!]) assert.ok(isNear(found, [138, 148, 168]), String(found));
});

test('a name that the font cannot write has its number instead, and is told of', async () => {
  const picture = await plain(red);
  const names = ['Anna', '山田太郎', 'نور الهدى', '🎄', 'Zoë 🎄', 'สมชาย'];
  const { unwritten } = await drawRecap(party(names.map((name) => guest(name, picture))));
  assert.deepEqual(unwritten, [2, 4, 6]);
});

test('a name of any length keeps to its lines', async () => {
  const style = { size: 16, width: 120, lines: 2, colour: '#000000' };
  for (const name of [
    'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch',
    'Bartholomäus Freiherr von und zu Münchhausen-Wittgenstein',
    'نور الهدى عبد الرحمن المصري بن عبد العزيز الطويل جدا',
    'W'.repeat(64),
  ]) {
    const { width, height } = await fittedText(name, style);
    assert.ok(width <= 120 && height <= 39, `${name}: ${width} × ${height}`);
  }
  const { width } = await fittedText('W', { ...style, size: 40, width: 20 });
  assert.ok(width <= 20, 'and a letter that is too wide is made smaller');
});

test('60 guests, by pictures of 1920 by 1080, are drawn within 10 s and 512 MB', async () => {
  const file = fileURLToPath(new URL('../../support/draw-large-recap.ts', import.meta.url));
  const program = startNodeProgram(file, ['60'], { env: process.env });
  assert.equal(await program.ended, 0, program.output());
  const { seconds, megabytes, bytes } = JSON.parse(program.output()) as Record<string, number>;
  assert.ok(bytes! > 100_000);
  assert.ok(megabytes! < 512, `${megabytes} MB`);
  assert.ok(seconds! < 10, `${seconds} s`);
});
