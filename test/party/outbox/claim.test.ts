import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { withLock } from '../../../party/exclusive-lock.ts';
import { type Claim, Claims } from '../../../party/outbox/claim.ts';
import type { Table } from '../../../party/stores/table.ts';
import { clockAt } from '../../support/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { openTable } from '../../support/table.ts';

describe('a claim', () => {
  let table: Table;
  let close: () => Promise<void>;
  before(async () => {
    ({ table, close } = await openTable());
  });
  after(() => close());

  const start = 1_795_000_000_000;
  const lease = 60_000;
  const keyOf = (name: string) => ({ pk: 'TEST', sk: name });

  test('of many who claim at once, one gets it', async () => {
    const claims = new Claims(table, clockAt(start).now);

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => claims.claim(keyOf('race'), lease)));

    const count = (outcome: string) => outcomes.filter((claimed) => claimed.outcome === outcome).length;
    assert.equal(count('claimed'), 1);
    assert.equal(count('in progress'), 19);
  });

  test('what is done is done for good', async () => {
    const clock = clockAt(start);
    const claims = new Claims(table, clock.now);
    await claims.claim(keyOf('done'), lease);
    await claims.done(keyOf('done'), { messageId: 7 });
    clock.pass(lease * 100);

    assert.equal((await claims.claim(keyOf('done'), lease)).outcome, 'done');
  });

  for (const mark of ['done', 'drop'] as const) {
    test(`what was forgotten meanwhile does not come back: ${mark}`, async () => {
      const claims = new Claims(table, clockAt(start).now);
      const key = keyOf(`forgotten, ${mark}`);
      await claims.claim(key, lease);
      await table.delete(key);
      await claims[mark](key);

      assert.equal(await table.get(key), undefined);
    });
  }

  for (const outcome of ['done', 'in progress', 'given back'] as const) {
    test(`a claim that is ${outcome} and has expired is none, and what is claimed then is new`, async () => {
      const clock = clockAt(start);
      const claims = new Claims(table, clock.now);
      const key = keyOf(`expired, ${outcome}`);
      const expiring = () => ({ expiresAt: Math.ceil((clock.now() + lease) / 1000), what: clock.now() });
      await claims.claim(key, outcome === 'in progress' ? lease * 10 : lease, expiring());
      if (outcome === 'done') await claims.done(key);
      if (outcome === 'given back') await claims.giveBack(key, clock.now());
      clock.pass(lease + 2000);

      const all = await Promise.all(Array.from({ length: 5 }, () => claims.claim(key, lease, expiring())));

      const taken = all.flatMap((one) => (one.outcome === 'claimed' ? [one.item] : []));
      const holder = taken[0]?.holder;
      assert.deepEqual(taken, [
        { ...key, claim: 'claimed', holder, leaseEnds: clock.now() + lease, attempts: 1, ...expiring() },
      ]);
    });
  }

  test('who was at it for longer than the lease gives nothing back that another holds', async () => {
    const clock = clockAt(start);
    const claims = new Claims(table, clock.now);
    const key = keyOf('held by another');
    const first = await claims.claim(key, lease);
    assert.ok(first.outcome === 'claimed');
    clock.pass(lease + 1);
    const second = await claims.claim(key, lease);
    assert.ok(second.outcome === 'claimed');
    await claims.giveBack(key, clock.now() - 1, first.item);
    assert.equal((await claims.claim(key, lease)).outcome, 'in progress');
    await claims.giveBack(key, clock.now() - 1, second.item);
    assert.equal((await claims.claim(key, lease)).outcome, 'claimed');
  });

  test('a lock whose holder was at it for too long is not freed while another works under it', async () => {
    const clock = clockAt(start);
    const lock = { claims: new Claims(table, clock.now), now: clock.now };
    const key = keyOf('lock');
    const done: string[] = [];
    const later: Promise<unknown>[] = [];
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await withLock(key, lock, async () => {
      clock.pass(lease);
      const other = withLock(key, lock, async () => {
        await released;
        const third = await withLock(key, lock, async () => done.push('third'));
        assert.equal(third, undefined);
        done.push('second');
      });
      later.push(other);
      await eventually('another has it', async () => (await table.get<Claim>(key))?.attempts === 2);
    });
    release();
    await Promise.all(later);
    assert.deepEqual(done, ['second']);
    assert.ok(await withLock(key, lock, async () => done.push('last')), 'it is free afterwards');
  });

  test('a lease that ends further ahead than any can last is over: the clock was set back since', async () => {
    const clock = clockAt(start);
    const claims = new Claims(table, clock.now);
    await claims.claim(keyOf('set back'), lease);
    clock.pass(-24 * 3_600_000);

    assert.equal((await claims.claim(keyOf('set back'), lease)).outcome, 'claimed');
    assert.equal((await claims.claim(keyOf('set back'), lease)).outcome, 'in progress');
  });

  test('what is to be tried again much later is tried again in an hour', async () => {
    const clock = clockAt(start);
    const claims = new Claims(table, clock.now);
    await claims.claim(keyOf('much later'), lease);
    await claims.giveBack(keyOf('much later'), clock.now() + 24 * 3_600_000);

    assert.equal((await claims.claim(keyOf('much later'), lease)).outcome, 'in progress');
    clock.pass(3_600_001);
    assert.equal((await claims.claim(keyOf('much later'), lease)).outcome, 'claimed');
  });

  test('a claim can be taken over when its lease has ended, not before', async () => {
    const clock = clockAt(start);
    const claims = new Claims(table, clock.now);
    await claims.claim(keyOf('lease'), lease);
    clock.pass(lease);
    assert.equal((await claims.claim(keyOf('lease'), lease)).outcome, 'in progress');
    clock.pass(1);

    const taken = await claims.claim<{ attempts: number }>(keyOf('lease'), lease);

    assert.ok(taken.outcome === 'claimed');
    assert.equal(taken.item.attempts, 2);
  });

  test('the first claim’s details stay', async () => {
    const clock = clockAt(start);
    const claims = new Claims(table, clock.now);
    await claims.claim(keyOf('details'), lease, { time: 1, name: 'Anna' });
    clock.pass(lease + 1);

    const taken = await claims.claim<{ time: number; name: string }>(keyOf('details'), lease, {
      time: 2,
      box: [],
    });

    assert.ok(taken.outcome === 'claimed');
    assert.deepEqual([taken.item.time, taken.item.name], [1, 'Anna']);
  });

  test('a claim given back can be claimed from the time it was given back for', async () => {
    const clock = clockAt(start);
    const claims = new Claims(table, clock.now);
    await claims.claim(keyOf('back'), lease);
    await claims.giveBack(keyOf('back'), clock.now() + 1000);

    assert.equal((await claims.claim(keyOf('back'), lease)).outcome, 'in progress');
    clock.pass(1001);
    assert.equal((await claims.claim(keyOf('back'), lease)).outcome, 'claimed');
  });

  test('what is done cannot be given back', async () => {
    const clock = clockAt(start);
    const claims = new Claims(table, clock.now);
    await claims.claim(keyOf('late'), lease);
    await claims.done(keyOf('late'));
    await claims.giveBack(keyOf('late'), 0);

    assert.equal((await claims.claim(keyOf('late'), lease)).outcome, 'done');
  });
});
