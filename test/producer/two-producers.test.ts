import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { type Pulse, Pulses } from '../../party/recognition/pulse.ts';
import { Wishes } from '../../party/recognition/wish.ts';
import { Producer } from '../../producer/producer.ts';
import { eventually } from '../support/eventually.ts';
import { keptLog } from '../support/log.ts';
import { openTable } from '../support/table.ts';

describe('two producers', () => {
  let opened: Awaited<ReturnType<typeof openTable>>;
  before(async () => {
    opened = await openTable();
  });
  after(() => opened.close());

  /** One that has nothing to do, and says so again and again. */
  function start(t: TestContext) {
    const log = keptLog();
    const ending = new AbortController();
    const change = { ask: () => {} };
    const producer = new Producer({
      wishes: new Wishes(opened.table, Date.now),
      pulses: new Pulses(opened.table),
      clock: { now: Date.now, offset: 0 },
      async watch(onChange) {
        change.ask = onChange;
        const report = { frames: 0, faces: 0, calls: 0, dropped: 0, framesPerSecond: 0 };
        return {
          report: () => ({ ...report, lastFrame: undefined, problem: undefined }),
          stop: async () => {},
        };
      },
      onBeat: () => change.ask(),
      version: 'test',
      log,
      readEvery: 20,
    });
    const running = producer.run(ending.signal);
    const stop = async () => {
      ending.abort();
      await running;
    };
    t.after(stop);
    return { log, stop };
  }

  test('one alone finds nobody, not even the one that it takes the place of; of two, both say so, and the one that is left no more', async (t) => {
    const pulses = new Pulses(opened.table);
    await new Wishes(opened.table, Date.now).write(true);
    const beats = async (): Promise<number> => (await pulses.read())?.at ?? 0;
    /** Until a producer has written so often. */
    const later = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time++) {
        const last = await beats();
        await eventually('a pulse', async () => (await beats()) !== last);
      }
    };
    const first = start(t);
    await later(5);
    await first.stop();
    const second = start(t);
    await later(5);
    assert.equal((await pulses.read())?.problem, undefined);

    const third = start(t);
    await eventually('both have noticed', () =>
      [second, third].every(({ log }) => log.lines.some((line) => line.includes('Another producer'))),
    );
    const said = /^Another producer runs for this house too.*End one of them/;
    let pulse: Pulse | undefined;
    // One that writes twice in a row takes itself for alone, until the other's pulse is there: it is this one that
    // counts.
    await eventually('the pulse says so', async () => {
      pulse = await pulses.read();
      return said.test(pulse?.problem ?? '');
    });
    assert.deepEqual(pulse?.alerts, ['another producer']);

    await third.stop();
    await eventually('the one that is left says nothing more', async () => !(await pulses.read())?.problem);
    assert.ok(!first.log.lines.some((line) => line.includes('Another producer')));
  });
});
