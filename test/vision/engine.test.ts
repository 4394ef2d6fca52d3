import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { frameAtDoor } from '../../bench/accuracy/at-door.ts';
import { mirror } from '../../vision/align.ts';
import { overlap } from '../../vision/boxes.ts';
import { tileOf } from '../../vision/detector-square.ts';
import type { Face, Picture } from '../../vision/face.ts';
import { decodePicture } from '../../vision/picture.ts';
import type { Recognizer } from '../../vision/recognizer.ts';
import { distanceOf, similarityOf } from '../../vision/similarity.ts';
import { faceLimits, unusable } from '../../vision/usable.ts';
import { changed, crop } from '../support/changed.ts';
import { samplePicture } from '../support/pictures.ts';
import { portrait } from '../support/portraits.ts';
import { sharedRecognizer } from '../support/recognizer.ts';

const samples = [1, 2, 3, 4, 5, 6] as const;

describe("the engine on face-api's sample photos", () => {
  let recognizer: Recognizer;
  const pictures: Picture[] = [];
  const faces: Face[][] = [];
  const similarity = (a: Face, b: Face) => similarityOf(distanceOf(a.descriptor, b.descriptor));

  before(async () => {
    recognizer = await sharedRecognizer();
    for (const number of samples) {
      pictures.push(await samplePicture(number));
      faces.push(await recognizer.find(pictures.at(-1)!, 'live'));
    }
  });

  test('every face is found, the largest first', () => {
    assert.deepEqual(
      faces.map((found) => found.length),
      [3, 3, 3, 4, 5, 4],
    );
    for (const found of faces) {
      const areas = found.map(({ box }) => box.width * box.height);
      assert.deepEqual(
        areas,
        areas.toSorted((a, b) => b - a),
      );
    }
  });

  test('the woman who is in the first and the third photo is recognised', () => {
    const [inFirst, inThird] = [faces[0]![0]!, faces[2]![0]!];
    assert.ok(similarity(inFirst, inThird) >= 80, String(similarity(inFirst, inThird)));
  });

  test('no two women whose faces count are taken for one', () => {
    const usable = faces.flatMap((found, photo) =>
      found.filter((face) => !unusable(face, 'live')).map((face) => ({ face, photo })),
    );
    for (const [i, a] of usable.entries()) {
      for (const b of usable.slice(i + 1)) {
        if (a.face === faces[0]![0] && b.face === faces[2]![0]) continue;
        const found = similarity(a.face, b.face);
        assert.ok(found < 80, `${found} between photos ${a.photo + 1} and ${b.photo + 1}`);
      }
    }
  });

  test('of all faces only the one in profile and the one looking down do not count', () => {
    const refused = faces.flatMap((found, photo) =>
      found.flatMap((face) => {
        const reason = unusable(face, 'live');
        return reason ? [[photo + 1, reason]] : [];
      }),
    );
    assert.deepEqual(refused, [
      [2, 'EXTREME_POSE'],
      [2, 'EXTREME_POSE'],
    ]);
    const [, profile, lookingDown] = faces[1]!;
    assert.ok(profile!.pose.yaw < -45 && lookingDown!.pose.pitch < -38);
  });

  test('yaw is positive when the nose points to the right of the picture, and mirrors', async () => {
    const mirrored = await recognizer.find(mirror(pictures[4]!), 'live');
    const facingRight = faces[4]!.find(({ pose }) => pose.yaw > 30)!;
    const nose = facingRight.landmarks[30]!.x;
    const jaw = (facingRight.landmarks[0]!.x + facingRight.landmarks[16]!.x) / 2;
    assert.ok(nose > jaw);
    assert.ok(mirrored.some(({ pose }) => pose.yaw < -30));
  });

  test('roll is positive when the head leans clockwise', async () => {
    const upright = faces[4]![3]!;
    for (const angle of [-20, 20]) {
      const turned = await changed(pictures[4]!, (image) => image.rotate(angle));
      const match = (await recognizer.find(turned, 'live')).find((face) => similarity(face, upright) >= 80);
      const difference = match!.pose.roll - upright.pose.roll;
      assert.ok(Math.abs(difference - angle) < 8, `${difference} for ${angle}`);
    }
  });

  test('pitch is positive looking up and negative looking down', () => {
    const [lookingUp, lookingDown] = [faces[4]![3]!, faces[1]![2]!];
    assert.ok(lookingUp.pose.pitch > 5 && lookingDown.pose.pitch < -30);
  });

  test('a photo in the dark is darker, and its faces do not count for enrolment', async () => {
    const dark = await changed(pictures[0]!, (image) => image.linear(0.15, 0));
    const [face] = await recognizer.find(dark, 'enrolment');
    assert.ok(face!.quality.brightness < faces[0]![0]!.quality.brightness / 2);
    assert.equal(unusable(face!, 'enrolment'), 'LOW_BRIGHTNESS');
  });

  test('a blurred photo is less sharp, and its faces do not count', async () => {
    const blurred = await changed(pictures[0]!, (image) => image.blur(9));
    const [face] = await recognizer.find(blurred, 'live');
    assert.equal(unusable(face!, 'live'), 'LOW_SHARPNESS');
  });

  test('a face that moved while the shutter was open is not sharp, to whichever side it moved', async () => {
    const length = 51;
    const line = Array<number>(length).fill(1);
    const none = Array<number>(length).fill(0);
    const across = { width: length, height: 3, kernel: [...none, ...line, ...none] };
    const down = { width: 3, height: length, kernel: line.flatMap(() => [0, 1, 0]) };
    for (const smear of [across, down]) {
      const moved = await changed(pictures[0]!, (image) => image.convolve(smear));
      const [face] = await recognizer.find(moved, 'live');
      const { sharpness } = face!.quality;
      assert.ok(sharpness < faceLimits.live.sharpness, String(sharpness));
    }
  });

  test('sharpness and pose hardly depend on how large the face is', async () => {
    const smaller = await changed(pictures[5]!, (image) => image.resize(800));
    const found = await recognizer.find(smaller, 'live');
    for (const [i, { quality, pose }] of found.entries()) {
      assert.ok(Math.abs(quality.sharpness - faces[5]![i]!.quality.sharpness) < 10);
      assert.ok(Math.abs(pose.yaw - faces[5]![i]!.pose.yaw) < 8);
    }
  });

  test('a face 32 px wide, missed in the whole frame, is found in a tile, in its place, and once', async () => {
    for (const { photo, box } of [
      { photo: 3, box: { left: 1073, top: 215, width: 222, height: 295 } },
      { photo: 4, box: { left: 663, top: 50, width: 184, height: 263 } },
    ]) {
      const as = { width: 32, x: 700, y: 400, lean: 0, light: 1, motion: 0, blur: 0 };
      const frame = await frameAtDoor([{ picture: pictures[photo - 1]!, box, as }], 85);
      assert.deepEqual(await recognizer.find(frame, 'live'), []);
      const tile = { left: 400, top: 300, ...tileOf(frame)! };
      const [found, ...others] = await recognizer.find(frame, 'live', { tile });
      assert.deepEqual(others, []);
      const { left, top, width, height } = found!.box;
      assert.ok(Math.hypot(left + width / 2 - as.x, top + height / 2 - as.y) < 8);
    }
  });

  test('a photo says what it looks like to cameras: in the evening, at a door and from afar, a face is nearer to that', async () => {
    const photo = await crop(pictures[0]!, { left: 1375, top: 80, width: 402, height: 474 });
    const [known] = await recognizer.find(photo, 'enrolment');
    const [other] = await recognizer.find(await decodePicture(await portrait('carla')), 'enrolment');
    const [searched] = await recognizer.find(photo, 'enrolment', { asSeen: false });
    assert.deepEqual(searched!.descriptor, known!.descriptor);
    const [ofThree] = await recognizer.find(pictures[0]!, 'enrolment');
    for (const face of [searched, ofThree, faces[0]![0]])
      assert.deepEqual([face!.atDoor, face!.fromAfar], [undefined, undefined]);
    for (const [as, width] of [
      ['atDoor', 64],
      ['fromAfar', 32],
    ] as const) {
      const seen = await seenAtDoor(width);
      const [near, asSeen] = [known!.descriptor, known![as]!].map((by) => distanceOf(by, seen));
      assert.ok(asSeen! < near! - 0.02, `${as}: ${asSeen} and ${near}`);
      assert.ok(distanceOf(other![as]!, seen) > asSeen! + 0.1, `${as}: ${distanceOf(other![as]!, seen)}`);
    }

    async function seenAtDoor(width: number): Promise<Float32Array> {
      const as = { width, x: 700, y: 400, lean: 0, light: 0.75, motion: 0, blur: 0.018 };
      const frame = await frameAtDoor([{ picture: pictures[2]!, box: faces[2]![0]!.box, as }], 60);
      const tile = { left: 400, top: 300, ...tileOf(frame)! };
      const [seen] = await recognizer.find(frame, 'live', { tile });
      return seen!.descriptor;
    }
  });

  test('a picture that the detector sees lower has its faces where they are', async () => {
    const found = await recognizer.find(pictures[4]!, 'live', { shifted: true });
    for (const face of faces[4]!) assert.ok(found.some(({ box }) => overlap(box, face.box) > 0.7));
  });

  test('the black under a wide picture is left out: faces are found where they were with it', async () => {
    const photo = pictures[5]!;
    const below = await changed(photo, (image) =>
      image.extend({ bottom: photo.width - photo.height, background: '#000000' }),
    );
    for (const shifted of [false, true]) {
      const [wide, square] = [
        await recognizer.find(photo, 'live', { shifted }),
        await recognizer.find(below, 'live', { shifted: false }),
      ];
      assert.equal(wide.length, square.length);
      for (const [i, { box }] of wide.entries()) {
        const share = overlap(box, square[i]!.box);
        assert.ok(share > (shifted ? 0.8 : 0.95), `${share} of face ${i + 1}`);
      }
    }
    // So large that only the coarsest cells see it, which are wholly or partly in the black.
    const { left, top, width, height } = faces[5]![0]!.box;
    const near = await crop(photo, {
      left: left - width / 2,
      top: top - height / 5,
      width: 2 * width,
      height: 1.4 * height,
    });
    const wide = await changed(near, (image) =>
      image.extend({ left: near.height, right: near.height, background: '#807c78' }),
    );
    const tall = await changed(wide, (image) =>
      image.extend({ bottom: wide.width - wide.height, background: '#000000' }),
    );
    const [[inWide], [inTall]] = [await recognizer.find(wide, 'live'), await recognizer.find(tall, 'live')];
    assert.ok(inWide!.box.height > 0.6 * near.height);
    assert.ok(overlap(inWide!.box, inTall!.box) > 0.9);
  });

  test('a tight crop, missed live, is found for enrolment, in its own place', async () => {
    const face = faces[4]![3]!;
    const tight = await crop(pictures[4]!, face.box);
    assert.deepEqual(await recognizer.find(tight, 'live'), []);
    const [found] = await recognizer.find(tight, 'enrolment');
    assert.ok(similarity(found!, face) >= 99);
    const whole = { left: 0, top: 0, width: tight.width, height: tight.height };
    assert.ok(overlap(found!.box, whole) > 0.7);
    assert.ok(found!.landmarks.every(({ x, y }) => x > -20 && y > -20 && x < tight.width + 20));
  });

  test('a photo on its side or on its head is enrolled as if it were upright, each face where it is', async () => {
    const upright = await decodePicture(await portrait('carla'));
    const { width, height } = upright;
    const [face] = await recognizer.find(upright, 'enrolment');
    const { left, top, ...size } = face!.box;
    const lying = { width: size.height, height: size.width };
    const right = width - left - size.width;
    const bottom = height - top - size.height;
    const expected = [
      [90, { left: bottom, top: left, ...lying }],
      [180, { left: right, top: bottom, ...size }],
      [-90, { left: top, top: right, ...lying }],
    ] as const;
    for (const [angle, box] of expected) {
      const photo = await changed(upright, (image) => image.rotate(angle));
      const [found] = await recognizer.find(photo, 'enrolment');
      assert.ok(similarity(found!, face!) >= 99, `${angle}`);
      assert.ok(overlap(found!.box, box) > 0.9, `${angle}`);
      const { x, y } = found!.landmarks[30]!;
      assert.ok(x > box.left && x < box.left + box.width && y > box.top && y < box.top + box.height);
      const lean = Math.abs(found!.pose.roll - face!.pose.roll - angle) % 360;
      assert.ok(Math.min(lean, 360 - lean) < 3, `${angle}: ${found!.pose.roll}`);
      assert.equal(unusable(found!, 'enrolment'), undefined);
    }
  });

  test('a picture with nobody in it has no faces', async () => {
    const empty = { width: 640, height: 480, data: new Uint8Array(640 * 480 * 3).fill(90) };
    assert.deepEqual(await recognizer.find(empty, 'live'), []);
    assert.deepEqual(await recognizer.find(empty, 'enrolment'), []);
  });
});
