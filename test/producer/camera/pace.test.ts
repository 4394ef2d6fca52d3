import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DoorPace } from '../../../producer/camera/door-pace.ts';
import { hasMoved, MotionPace, steadyPace } from '../../../producer/camera/pace.ts';

/** A small grey picture, with a brighter square in it. */
function glanceAt(square: number, { light = 100, size = 4 } = {}): Uint8Array {
  const picture = new Uint8Array(64 * 36).fill(light);
  for (let y = 10; y < 10 + size; y++) picture.fill(light + 60, y * 64 + square, y * 64 + square + size);
  return picture;
}

/** Shows 25 pictures a second; each look at one takes so many milliseconds. @returns when it looked */
async function watch(seconds: number, picture: (time: number) => Uint8Array, took = 0) {
  let now = 0;
  const pace = new DoorPace(() => now);
  const rule = new MotionPace(() => now);
  const looks: number[] = [];
  let glances = 0;
  let busyUntil = 0;
  for (; now < seconds * 1000; now += 40) {
    const isDue = await rule.isDue(now, async () => {
      glances += 1;
      return picture(now);
    });
    if (!isDue) continue;
    looks.push(now);
    if (now < busyUntil) continue;
    busyUntil = now + took;
    pace.looked(took);
    rule.hint(pace.takeHints());
  }
  return { pace, looks, glances };
}

const between = (looks: readonly number[], from: number, to: number) =>
  looks.filter((time) => time >= from * 1000 && time < to * 1000).length;

describe('the pace at the door', () => {
  test('is five pictures a second while something moves, and one while nothing does', async () => {
    const { looks } = await watch(30, (time) => glanceAt(time < 10_000 ? Math.floor(time / 400) : 5));
    assert.ok(between(looks, 0, 10) >= 49, String(between(looks, 0, 10)));
    assert.equal(between(looks, 20, 30), 10);
  });

  test('is close again at the first movement', async () => {
    const { looks } = await watch(30, (time) => glanceAt(time < 20_000 ? 5 : 30));
    const first = looks.find((time) => time >= 20_000)!;
    assert.ok(first < 20_400, String(first));
    assert.ok(between(looks, 20, 25) >= 24);
  });

  test('looks at no more small pictures than it needs', async () => {
    const { glances } = await watch(20, () => glanceAt(5));
    assert.ok(glances <= 101, String(glances));
  });

  test('says when looks take so long that two in three seconds cannot be held, moving or not', async () => {
    const still = () => glanceAt(5);
    assert.equal((await watch(60, still, 1000)).pace.held, 'enough');
    assert.equal((await watch(60, still, 1500)).pace.held, 'too slow');
    const moving = (time: number) => glanceAt(Math.floor(time / 400) % 60);
    assert.equal((await watch(60, moving, 1000)).pace.held, 'enough');
    assert.equal((await watch(60, moving, 1500)).pace.held, 'too slow');
  });

  test('leaves out what a slow machine cannot hold, and says what it holds', async () => {
    const { looks, pace } = await watch(60, (time) => glanceAt(Math.floor(time / 400) % 60), 800);
    assert.ok(between(looks, 40, 50) <= 10, String(between(looks, 40, 50)));
    assert.ok(pace.framesPerSecond > 0.8 && pace.framesPerSecond <= 1, String(pace.framesPerSecond));
  });

  test('stays close while there is somebody to be recognised', () => {
    let now = 0;
    const pace = new DoorPace(() => now);
    const rule = new MotionPace(() => now);
    assert.ok(rule.isIdle);
    pace.stayAwake();
    rule.hint(pace.takeHints());
    assert.ok(!rule.isIdle);
    now = 6000;
    rule.hint(pace.takeHints());
    assert.ok(rule.isIdle);
  });

  test('that is steady takes so many a second', () => {
    const { isDue } = steadyPace(5);
    const none = () => Promise.reject(new Error('not needed'));
    const taken = Array.from({ length: 100 }, (_, i) => isDue(i * 33, none)).filter(Boolean);
    assert.equal(taken.length, 17);
  });
});

describe('movement', () => {
  const still = glanceAt(5);
  const noisy = (picture: Uint8Array, noise: number) =>
    picture.map((value, index) => value + (((index * 7919) % (2 * noise + 1)) - noise));

  for (const [what, before, now, moved] of [
    ['the same picture is none', still, still, false],
    ['a face that moves is one', still, glanceAt(12), true],
    ['a face that comes is one', glanceAt(5, { size: 0 }), glanceAt(5), true],
    ['a lamp that all is lit by is none', still, glanceAt(5, { light: 140 }), false],
    ['the noise of a dark picture is none', noisy(still, 5), noisy(still, 4), false],
    ['a picture of another size is one', still, new Uint8Array(16), true],
  ] as const) {
    test(what, () => assert.equal(hasMoved(before, now), moved));
  }
});
