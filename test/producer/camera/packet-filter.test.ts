import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { PacketFilter } from '../../../producer/camera/packet-filter.ts';

/** A camera of 25 pictures a second with a key frame every so many, watched by a decoder that takes so long for each. */
function watch(
  seconds: number,
  options: {
    gop?: number;
    decode?: number;
    keysOnly?: (time: number) => boolean;
    delay?: number;
    clock?: (time: number) => number;
  },
) {
  const { gop = 25, decode = 5, keysOnly = () => false, delay = 0, clock = (time: number) => time } = options;
  let now = 0;
  const filter = new PacketFilter(
    () => keysOnly(now),
    () => now,
  );
  const decoded: Array<{ time: number; isKeyframe: boolean; late: number }> = [];
  const held: number[] = [];
  for (let frame = 0; frame < seconds * 25; frame++) {
    const seen = frame * 40;
    now = Math.max(now, seen);
    const isKeyframe = frame % gop === 0;
    if (!filter.takes({ isKeyframe, time: clock(seen) })) continue;
    now += decode;
    decoded.push({ time: seen, isKeyframe, late: now - seen });
    held.push(clock(seen));
    if (held.length > delay) filter.decoded(held.at(-1 - delay)!);
  }
  return decoded;
}

describe('the packets of a live video', () => {
  test('are all decoded by a machine that keeps up while something moves', () => {
    assert.equal(watch(60, {}).length, 60 * 25);
  });

  test('are decoded key by key while nothing moves, and all again from the key frame on with which something does', () => {
    const decoded = watch(30, { keysOnly: (time) => time > 5000 && time < 20_000 });
    const still = decoded.filter(({ time }) => time > 6000 && time < 20_000);
    assert.ok(still.length <= 15 && still.every(({ isKeyframe }) => isKeyframe));
    assert.ok(decoded.filter(({ time }) => time > 21_000).length >= 9 * 25 - 1);
  });

  test('are all decoded when key frames come too seldom', () => {
    assert.equal(watch(20, { gop: 100, keysOnly: () => true }).length, 500);
  });

  test('are decoded until the key frame has come out of a decoder that reorders', () => {
    const decoded = watch(20, { delay: 2, keysOnly: () => true });
    const keys = decoded.filter(({ isKeyframe }) => isKeyframe);
    assert.equal(keys.length, 20);
    for (const { time } of keys)
      assert.ok(
        decoded.some((later) => later.time === time + 80),
        String(time),
      );
    assert.ok(decoded.length < 120);
  });

  test('a picture that came out long after it was seen is not of now', () => {
    const filter = new PacketFilter(() => false);
    filter.takes({ isKeyframe: true, time: 0 });
    filter.takes({ isKeyframe: false, time: 40 });
    assert.equal(filter.decoded(0), true);
    filter.takes({ isKeyframe: true, time: 1000 });
    assert.equal(filter.decoded(40), false);
    assert.equal(filter.decoded(1000), true);
  });

  test('are left out by a machine that cannot keep up, so that it never looks far into the past', () => {
    const decoded = watch(60, { decode: 100 });
    assert.ok(decoded.length > 200, `${decoded.length} decoded`);
    assert.ok(
      decoded.every(({ late }) => late < 2100),
      `${Math.max(...decoded.map(({ late }) => late))} ms late`,
    );
  });

  for (const [what, clock] of [
    ['runs slow', (time: number) => time * 0.9995],
    ['runs fast', (time: number) => time * 1.0005],
    ['is set forward', (time: number) => (time > 30_000 ? time + 3_600_000 : time)],
    ['is set back', (time: number) => (time > 30_000 ? time - 3_600_000 : time)],
  ] as const) {
    test(`are decoded on when the camera’s clock ${what}`, () => {
      const decoded = watch(3600, { clock });
      assert.ok(decoded.length >= 3594 * 25, `${decoded.length} of ${3600 * 25}`);
    });
  }

  test('are never decoded after one that was left out, before the next key frame', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 60 }),
        fc.integer({ min: 1, max: 150 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 50 }),
        (gop, decode, still) => {
          const decoded = watch(60, {
            gop,
            decode,
            keysOnly: (time) => still[Math.floor(time / 500) % still.length]!,
          });
          for (const [index, { time, isKeyframe }] of decoded.entries()) {
            if (!isKeyframe) assert.equal(time - decoded[index - 1]!.time, 40);
          }
        },
      ),
    );
  });
});
