import assert from 'node:assert/strict';
import path from 'node:path';
import { before, test } from 'node:test';
import { Demuxer, Muxer } from 'node-av/api';
import { AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants';
import { readVideo } from '../../../producer/camera/video.ts';
import type { Picture } from '../../../vision/face.ts';
import { makeClip } from '../../support/clip.ts';
import { emptyFolder } from '../../support/folder.ts';

/** White above, black below. */
const horizon: Picture = {
  width: 160,
  height: 90,
  data: new Uint8Array(160 * 90 * 3).fill(255, 0, 160 * 45 * 3),
};

let folder: string;
let clip: string;

before(async () => {
  folder = await emptyFolder();
  clip = path.join(folder, 'clip.mp4');
  await makeClip([{ picture: horizon, seconds: 40 }], clip, { width: 320 });
});

const forever = new AbortController().signal;

async function firstPicture(file: string): Promise<Picture> {
  for await (const frame of readVideo(file, 1280, forever)) return await frame.picture();
  throw new Error('There is no frame.');
}

test('thousands of frames leave no memory behind', async () => {
  const play = async () => {
    let frames = 0;
    for await (const frame of readVideo(clip, 1280, forever)) {
      await frame.picture();
      frames += 1;
    }
    return frames;
  };
  await play();
  const before = process.memoryUsage.rss();
  const frames = (await play()) + (await play()) + (await play());
  const grown = (process.memoryUsage.rss() - before) / 2 ** 20;
  assert.equal(frames, 3000);
  // A picture is 0.16 MB: if they stayed, these would be 494 MB, and the decoded frames 247 MB more.
  assert.ok(grown < 100, `${grown} MB`);
});

test('a video is played when it is broken off again and again, and left alone', async () => {
  for (let i = 0; i < 20; i++) assert.equal((await firstPicture(clip)).width, 320);
});

// Rows of the display matrix (16.16 fixed point): where a step to the right and a step down lead.
const turns = [
  { angle: 90, matrix: [0, 1, -1, 0], size: [180, 320], white: 'right' },
  { angle: 180, matrix: [-1, 0, 0, -1], size: [320, 180], white: 'bottom' },
  { angle: 270, matrix: [0, -1, 1, 0], size: [180, 320], white: 'left' },
] as const;

for (const { angle, matrix, size, white } of turns) {
  test(`a video that notes a turn of ${angle}° is shown upright`, async () => {
    const file = path.join(folder, `turned-${angle}.mp4`);
    await withNote(clip, file, matrix);
    const { width, height, data } = await firstPicture(file);
    assert.deepEqual([width, height], size);
    const points = {
      left: [2, height / 2],
      right: [width - 3, height / 2],
      top: [width / 2, 2],
      bottom: [width / 2, height - 3],
    } as const;
    const brightness = ([x, y]: readonly [number, number]) => data[(y * width + x) * 3]!;
    const opposite = { left: 'right', right: 'left', bottom: 'top' } as const;
    assert.ok(brightness(points[white]) > 200);
    assert.ok(brightness(points[opposite[white]]) < 60);
  });
}

/** Copies a video and notes in it how it is to be turned. */
async function withNote(from: string, to: string, [a, b, c, d]: readonly [number, number, number, number]) {
  const input = await Demuxer.open(from);
  const output = await Muxer.open(to);
  const source = input.video()!;
  const note = Buffer.alloc(36);
  for (const [at, value] of [
    [0, a],
    [4, b],
    [12, c],
    [16, d],
  ] as const) {
    note.writeInt32LE(value * 0x10000, at);
  }
  note.writeInt32LE(0x40000000, 32);
  source.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, note);
  const stream = output.addStream(source);
  for await (const packet of input.packets(source.index)) {
    if (!packet) break;
    await output.writePacket(packet, stream);
    packet.free();
  }
  await output.close();
  await input.close();
}
