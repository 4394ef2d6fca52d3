import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { overlap } from '../../vision/boxes.ts';
import type { Face, JpegPicture } from '../../vision/face.ts';
import type { Look } from '../../vision/look.ts';
import { Watch } from '../../vision/watch.ts';
import { type FaceLike, faceLike } from '../support/faces.ts';
import { jpegOf } from '../support/pictures.ts';

const picture = await jpegOf({ width: 1280, height: 720, data: new Uint8Array(1280 * 720 * 3) });

/** Shows a watch these faces, five pictures a second, as an engine would find them. */
async function watched(...pictures: Array<readonly FaceLike[]>) {
  return await watchedAt((i) => 200 * i, pictures);
}

/** The same, with each picture's time, milliseconds. */
async function watchedAt(
  time: (i: number) => number,
  pictures: ReadonlyArray<readonly FaceLike[]>,
  describesAll?: () => boolean,
) {
  const looks: Look[] = [];
  let described = 0;
  let shown: Face[] = [];
  const watch = new Watch(
    {
      find: async (_picture, mode, look = {}) => {
        assert.equal(mode, 'live');
        looks.push(look);
        return shown.map((face) => {
          const known = look.known?.find(({ box }) => overlap(box, face.box) > 0.5);
          if (!known) described += 1;
          return known ? { ...face, descriptor: known.descriptor } : face;
        });
      },
    },
    describesAll,
  );
  const seen = [];
  for (const [i, faces] of pictures.entries()) {
    shown = faces.map(faceLike);
    seen.push(await watch.look(picture, time(i)));
  }
  return { looks, seen, described };
}

const times = (count: number, ...faces: FaceLike[]) => Array.from({ length: count }, () => faces);

describe('a watch', () => {
  test('every other picture is shown to the detector a little lower, and each with a tile', async () => {
    const { looks } = await watched(...times(4));
    assert.deepEqual(
      looks.map(({ shifted }) => shifted),
      [true, false, true, false],
    );
    assert.ok(looks.every(({ tile }) => tile));
  });

  test('of twenty pictures a second every other has a tile; each while a tiny face is hardly seen', async () => {
    const { looks } = await watchedAt((i) => 50 * i, times(8));
    assert.deepEqual(
      looks.map(({ tile }) => tile !== undefined),
      [true, false, true, false, true, false, true, false],
    );
    const tiny = await watchedAt((i) => 50 * i, times(8, { left: 640, top: 300, width: 32 }));
    assert.ok(tiny.looks.slice(2).every(({ tile }) => tile));
  });

  test('the next picture is begun with while one is looked at, and but once', async () => {
    const [first, second, third] = [{ ...picture }, { ...picture }, { ...picture }];
    const asked: string[] = [];
    const nameOf = (one: JpegPicture) => ['first', 'second', 'third'][[first, second, third].indexOf(one)];
    const watch = new Watch({
      prepare: (one) => asked.push(`begin ${nameOf(one)}`),
      find: async (one, _mode, _look, nearlyDone) => {
        asked.push(`find ${nameOf(one as JpegPicture)}`);
        nearlyDone?.();
        return [];
      },
    });
    await watch.look(first, 0, () => watch.prepare(second, 200));
    await watch.look(second, 200);
    await watch.look(third, 400);
    assert.deepEqual(asked, [
      'begin first',
      'find first',
      'begin second',
      'find second',
      'begin third',
      'find third',
    ]);
  });

  test('the looks at one person are one mean, and another person has another', async () => {
    const { seen } = await watched(
      [{ off: 0.2 }, { person: 2, left: 100 }],
      [{ off: -0.2 }, { person: 2, left: 100 }],
    );
    const [anna, berta] = seen[1]!;
    assert.notEqual(anna!.track, berta!.track);
    assert.ok(Math.abs(anna!.face.descriptor[127]!) < 1e-6);
    assert.ok(Math.abs(seen[0]![0]!.face.descriptor[127]! - 0.2) < 1e-6);
    assert.deepEqual(berta!.face.descriptor, faceLike({ person: 2 }).descriptor);
  });

  test('how much of a person was seen is told: how many looks, from when to when, and how wide', async () => {
    const { seen } = await watched([{ width: 90 }], [{ width: 60, sharpness: 5 }], [], [{ width: 100 }]);
    const told = seen.flatMap((faces) => faces.map((face) => face.seen));
    assert.deepEqual(told, [
      { looks: 1, span: 0, width: 90 },
      { looks: 1, span: 0, width: 90 },
      { looks: 2, span: 600, width: 95 },
    ]);
  });

  test('a small face of which little was seen is in three tiles of four, a settled one in two', async () => {
    const small = { left: 640, top: 300, width: 32 };
    const { looks } = await watched(...times(1 + 8 + 8, small));
    const isRound = ({ tile }: Look) => Math.abs(tile!.left + tile!.width / 2 - 656) <= 1;
    assert.equal(looks.slice(1, 9).filter(isRound).length, 6);
    assert.equal(looks.slice(9, 17).filter(isRound).length, 4);
  });

  test('a look in which the face does not count changes nothing', async () => {
    const { seen } = await watched([{}], [{ off: 0.5, sharpness: 5 }], [{ off: 0.5, yaw: 80 }]);
    for (const [face] of seen) assert.equal(face!.face.descriptor[127], 0);
  });

  test('who takes another’s place begins anew', async () => {
    const { seen } = await watched(...times(3, { person: 1 }), ...times(1, { person: 2 }));
    assert.notEqual(seen[2]![0]!.track, seen[3]![0]!.track);
    assert.deepEqual(seen[3]![0]!.face.descriptor, faceLike({ person: 2 }).descriptor);
  });

  test('a face that has been looked at often is described once a second', async () => {
    const { described } = await watched(...times(8 + 20, {}));
    assert.ok(described >= 8 + 3 && described <= 8 + 5, String(described));
  });

  test('who takes the place of somebody well known is somebody else within a second', async () => {
    const { seen } = await watched(...times(12, { person: 1 }), ...times(7, { person: 2 }));
    assert.deepEqual(seen.at(-1)![0]!.face.descriptor, faceLike({ person: 2 }).descriptor);
  });

  test('and in each picture for who asks what that alone says, which is told beside the mean', async () => {
    const everyLook = times(20, {}).map((_, i) => [{ off: i % 2 === 0 ? 0.2 : -0.2 }]);
    const { described, seen } = await watchedAt(
      (i) => 200 * i,
      everyLook,
      () => true,
    );
    assert.equal(described, 20);
    const [last] = seen.at(-1)!;
    assert.ok(Math.abs(last!.alone!.at(-1)! + 0.2) < 1e-6);
    assert.ok(Math.abs(last!.face.descriptor.at(-1)!) < 0.1);

    const settled = await watched(...times(8 + 2, {}));
    assert.deepEqual(
      settled.seen.map(([face]) => face!.alone !== undefined),
      [...Array(8).fill(true), false, false],
      'a settled face was not described: nothing is said of that picture alone',
    );
  });

  test('a clock that is set back keeps nobody from being described again', async () => {
    const back = (i: number) => 200 * i - (i < 12 ? 0 : 3_600_000);
    const { seen } = await watchedAt(back, [...times(12, { person: 1 }), ...times(7, { person: 2 })]);
    assert.deepEqual(seen.at(-1)![0]!.face.descriptor, faceLike({ person: 2 }).descriptor);
  });
});
