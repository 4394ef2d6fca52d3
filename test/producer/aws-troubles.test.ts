import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { minute, second } from '../../party/clock.ts';
import { frameTime } from '../../party/record/frame-time.ts';
import { doorClip } from '../support/door-clip.ts';
import { eventually } from '../support/eventually.ts';
import type { Fault } from '../support/faulty-aws.ts';
import { openProducerWorld, type ProducerWorld } from '../support/producer-world.ts';

/** On a busy machine the second look at a face may come too late to name it, and the next ones a minute later. */
const patience = 180_000;

const record = 'PutRecord';
const search = 'SearchFacesByImage';
const throttle: Fault = { error: 'ProvisionedThroughputExceededException' };
const refusal: Fault = { error: 'AccessDeniedException' };

const count = ({ line }: ProducerWorld, name: string) => line.asked.filter((call) => call === name).length;
const annaIsNamed = ({ records, anna }: ProducerWorld) =>
  records.some(({ faces }) => faces.some(({ matches }) => matches.some(({ faceId }) => faceId === anna)));

/**
 * compose.yaml lets the container live so long after SIGTERM. It takes about four seconds, and one call that is waited
 * for would take fifteen: three tries of five.
 */
const gracePeriod = 10 * second;

describe('the producer, when AWS', { concurrency: 2 }, () => {
  let clip: string;

  before(async () => {
    clip = await doorClip({ seconds: 200, framesPerSecond: 3 });
  });

  test('does not take records for a while, keeps them and sends them with their own times', async (t) => {
    const world = await openProducerWorld(t, clip);
    world.line.always(record, 'cut');
    await world.wish(true);
    await eventually('records could not be sent', () => count(world, record) >= 6, patience);
    assert.equal(world.records.length, 0);
    const back = Date.now();
    world.line.mend();
    await eventually('Anna is named', () => annaIsNamed(world), patience);
    const times = world.records.map((kept) => frameTime(kept).time);
    assert.ok(Math.min(...times) < back, 'it is of the time without internet');
    await eventually('the trouble is over', () => world.report()?.problem === undefined, patience);
    assert.equal(world.report()?.dropped, 0);
  });

  test('throttles, tries again seldom, and loses nothing', async (t) => {
    const world = await openProducerWorld(t, clip);
    for (const call of [record, search]) world.line.always(call, throttle);
    await world.wish(true);
    await eventually(
      'both were throttled',
      () => count(world, record) >= 3 && count(world, search) >= 6,
      patience,
    );
    const pulseSays = () => world.report()?.problem?.includes('AWS asks for fewer calls') === true;
    await eventually('it says so', pulseSays, patience);
    world.line.mend();
    await eventually('Anna is named', () => annaIsNamed(world), patience);
    assert.equal(world.report()?.dropped, 0);
  });

  test('refuses a record, drops it, counts it, and does not send it again', async (t) => {
    const world = await openProducerWorld(t, clip);
    world.line.always(record, { error: 'ValidationException' });
    await world.wish(true);
    await eventually('three are refused', () => (world.report()?.dropped ?? 0) >= 3, patience);
    assert.ok(count(world, record) <= world.report()!.dropped + 2, 'each was sent once');
    assert.match(world.report()!.problem!, /AWS refuses|AWS does not/);
    world.line.mend();
    await eventually('the next ones are taken', () => world.records.length > 0, patience);
    const { dropped = 0 } = (await world.pulse()) ?? {};
    assert.ok(dropped >= 0);
  });

  test('refuses the search, asks seldom, and still says that the door is watched', async (t) => {
    const world = await openProducerWorld(t, clip);
    world.line.always(search, refusal);
    await world.wish(true);
    const pulseSays = () => world.report()?.problem?.includes('AWS refuses') === true;
    await eventually('it says so', pulseSays, patience);
    const records = world.records.length;
    await eventually('proofs go on', () => world.records.length >= records + 3, patience);
    assert.ok(count(world, search) <= 5, `${count(world, search)} searches`);
    assert.equal(world.report()?.calls, 0);
  });

  test('answers nothing at all, ends before it would be killed all the same', async (t) => {
    const world = await openProducerWorld(t, clip);
    await world.wish(true);
    await eventually('frames are looked at', () => (world.report()?.frames ?? 0) > 0, patience);
    world.line.always('*', 'hangs');
    const { length } = world.line.asked;
    await eventually('calls hang', () => world.line.asked.length > length, patience);
    const begin = performance.now();
    await world.stop();
    assert.ok(performance.now() - begin < gracePeriod);
  });

  test('has another clock than this machine, tells times by AWS’s', async (t) => {
    const world = await openProducerWorld(t, clip);
    world.line.dateOff = -2 * minute;
    await world.wish(true);
    const isOfAws = ({ time, clock }: ReturnType<typeof frameTime>) =>
      clock === 'producer' && Math.abs(time - (Date.now() - 2 * minute)) < 10 * second;
    await eventually(
      'records tell the time of AWS',
      () => world.records.some((one) => isOfAws(frameTime(one))),
      patience,
    );
    const pulse = await world.pulse();
    assert.ok(Math.abs(pulse!.clockOffset! - 2 * minute) < 2 * second, `${pulse!.clockOffset}`);
    assert.ok(Math.abs(pulse!.at - Date.now()) < 30 * second, 'by its own clock');
  });
});
