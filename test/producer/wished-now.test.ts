import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pulses } from '../../party/recognition/pulse.ts';
import { Wishes } from '../../party/recognition/wish.ts';
import { Producer, type WishedNow } from '../../producer/producer.ts';
import { eventually } from '../support/eventually.ts';
import { keptLog } from '../support/log.ts';
import { openTable } from '../support/table.ts';

test('a watch that goes on hears when the party began, and of guests who are easily mistaken', async (t) => {
  const opened = await openTable();
  t.after(() => opened.close());
  const wishes = new Wishes(opened.table, Date.now);
  const watches: Array<() => WishedNow> = [];
  const producer = new Producer({
    wishes,
    pulses: new Pulses(opened.table),
    clock: { now: Date.now, offset: 0 },
    async watch(_onChange, wished) {
      watches.push(wished);
      const figures = { frames: 0, faces: 0, calls: 0, dropped: 0, framesPerSecond: 0 };
      return {
        report: () => ({ ...figures, lastFrame: undefined, problem: undefined }),
        stop: async () => {},
      };
    },
    onBeat: () => {},
    version: 'test',
    log: keptLog(),
    readEvery: 20,
  });
  const ending = new AbortController();
  const running = producer.run(ending.signal);
  t.after(async () => {
    ending.abort();
    await running;
  });
  await wishes.write(true);
  await eventually('the door is watched', () => watches.length > 0);
  assert.equal(watches[0]!().partyStartedAt, undefined);
  const startedAt = Date.now();
  await wishes.partyStarted(startedAt);
  await wishes.beCareful(true);
  await eventually('it is heard of', () => watches[0]!().isCareful === true);
  assert.equal(watches[0]!().partyStartedAt, startedAt);
  assert.equal(watches.length, 1);
});
