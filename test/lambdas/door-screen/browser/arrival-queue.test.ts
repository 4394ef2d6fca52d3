import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ArrivalQueue } from '../../../../lambdas/door-screen/browser/arrival-queue.ts';
import { minute, second } from '../../../../party/clock.ts';
import type { ScreenArrival } from '../../../../party/door-screen/told.ts';

const now = 1_795_000_000_000;
const arrival = (id: string, age = 0): ScreenArrival => ({ id, name: id.toUpperCase(), age });
const names = (queue: ArrivalQueue, time: number): string[] => {
  const shown = [];
  for (let next = queue.next(time); next; next = queue.next(time)) shown.push(next.name);
  return shown;
};

describe('arrivals that wait to be shown', () => {
  test('come in their order, each once, however often they are told', () => {
    const queue = new ArrivalQueue();
    queue.add([arrival('anna'), arrival('ben')], now);
    assert.equal(queue.next(now)?.name, 'ANNA');
    queue.add([arrival('anna'), arrival('ben'), arrival('carla')], now);
    assert.deepEqual(
      queue.waiting(now).map(({ name }) => name),
      ['BEN', 'CARLA'],
    );
    assert.deepEqual(names(queue, now), ['BEN', 'CARLA']);
  });

  test('are dropped when they are two minutes old by the time of their turn, and not told again', () => {
    const queue = new ArrivalQueue();
    queue.add([arrival('anna', minute), arrival('ben')], now);
    assert.deepEqual(names(queue, now + minute + second), ['BEN']);
    queue.add([arrival('anna')], now + minute + second);
    assert.deepEqual(names(queue, now + minute + second), []);
  });

  test('are remembered as shown when the page is loaded anew; who waited is told again', () => {
    const before = new ArrivalQueue();
    before.add([arrival('anna'), arrival('ben')], now);
    before.next(now);
    const after = new ArrivalQueue(before.shown);
    assert.deepEqual(after.told, ['anna']);
    after.add([arrival('anna'), arrival('ben')], now);
    assert.deepEqual(names(after, now), ['BEN']);
  });

  test('are remembered though the clock of the device jumps', () => {
    const queue = new ArrivalQueue();
    queue.add([arrival('anna')], now);
    queue.next(now);
    queue.add([arrival('anna')], now + 365 * 24 * 60 * minute);
    assert.deepEqual(names(queue, now + 365 * 24 * 60 * minute), []);
  });
});
