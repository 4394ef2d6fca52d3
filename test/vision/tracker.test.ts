import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Tracker } from '../../vision/tracker.ts';
import { type FaceLike, faceLike } from '../support/faces.ts';

/** The tracks of the faces in each picture, five pictures a second unless a picture says when. */
function tracksOf(...pictures: Array<readonly FaceLike[]>): number[][] {
  const tracker = new Tracker();
  return pictures.map((faces, index) =>
    tracker.update(faces.map(faceLike), index * 200).map(({ track }) => track),
  );
}

describe('a tracker', () => {
  test('keeps one person in one track, who stands or walks through the picture', () => {
    assert.deepEqual(tracksOf([{}], [{}], [{ left: 505 }]), [[1], [1], [1]]);
    const walk = Array.from({ length: 10 }, (_, step) => [{ left: 100 + step * 60 }]);
    assert.deepEqual(new Set(tracksOf(...walk).flat()), new Set([1]));
  });

  test('gives each of several people a track, in whatever order they are found', () => {
    const anna = { person: 1, left: 100 };
    const berta = { person: 2, left: 400 };
    assert.deepEqual(tracksOf([anna, berta], [berta, anna], [berta]), [[1, 2], [2, 1], [2]]);
  });

  test('keeps two people apart who cross', () => {
    const anna = (left: number) => ({ person: 1, left });
    const berta = (left: number) => ({ person: 2, left });
    const tracks = tracksOf(
      [anna(300), berta(500)],
      [anna(380), berta(420)],
      [anna(420), berta(380)],
      [anna(500), berta(300)],
    );
    assert.deepEqual(tracks, Array(4).fill([1, 2]));
  });

  test('begins a new track for somebody who takes another’s place', () => {
    assert.deepEqual(tracksOf([{ person: 1 }], [{ person: 2 }]), [[1], [2]]);
  });

  test('goes by place alone while a face is turned away or blurred, for then its descriptor means nothing', () => {
    const blurred = { person: 7, sharpness: 10 };
    const turned = { person: 8, yaw: 70 };
    assert.deepEqual(tracksOf([{ person: 1 }], [blurred], [turned], [{ person: 1 }]), [[1], [1], [1], [1]]);
  });

  test('knows a face again that was missed for a while, or went far', () => {
    assert.deepEqual(tracksOf([{}], [], [], [], [{ left: 520 }]), [[1], [], [], [], [1]]);
    assert.deepEqual(tracksOf([{ left: 0 }], [], [{ left: 1100, off: 0.3 }]), [[1], [], [1]]);
    assert.deepEqual(tracksOf([{ left: 0 }], [], [{ left: 1100, off: 0.5 }]), [[1], [], [2]]);
  });

  test('follows nobody any more who was gone for three seconds', () => {
    const tracker = new Tracker();
    const at = (time: number) => tracker.update([faceLike()], time)[0]!.track;
    assert.equal(at(0), 1);
    assert.equal(at(3000), 1);
    assert.equal(at(6001), 2);
  });

  const picture = fc.array(
    fc.record({
      person: fc.nat(4),
      left: fc.nat(1200),
      top: fc.nat(600),
      width: fc.integer({ min: 20, max: 300 }),
      yaw: fc.integer({ min: -80, max: 80 }),
      sharpness: fc.nat(100),
    }),
    { maxLength: 5 },
  );

  test('never puts two faces of a picture into one track, nor changes faces or their order', () => {
    fc.assert(
      fc.property(fc.array(picture, { maxLength: 20 }), fc.array(fc.nat(4000)), (pictures, pauses) => {
        const tracker = new Tracker();
        let time = 0;
        for (const [index, shown] of pictures.entries()) {
          time += pauses[index] ?? 200;
          const faces = shown.map(faceLike);
          const tracked = tracker.update(faces, time);
          assert.deepEqual(
            tracked.map(({ face }) => face),
            faces,
          );
          assert.equal(new Set(tracked.map(({ track }) => track)).size, faces.length);
        }
      }),
    );
  });

  test('never takes two good faces of different people for one', () => {
    const good = fc.record({ person: fc.nat(100), left: fc.nat(1200), top: fc.nat(600) });
    fc.assert(
      fc.property(fc.array(good, { minLength: 2, maxLength: 30 }), (shown) => {
        const personOf = new Map<number, number>();
        for (const [index, [track]] of tracksOf(...shown.map((face) => [face])).entries()) {
          assert.equal(personOf.get(track!) ?? shown[index]!.person, shown[index]!.person);
          personOf.set(track!, shown[index]!.person);
        }
      }),
    );
  });
});
