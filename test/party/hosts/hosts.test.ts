import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Hosts } from '../../../party/hosts/hosts.ts';
import { openTable } from '../../support/table.ts';

describe('hosts', () => {
  let hosts: Hosts;
  let close: () => Promise<void>;
  beforeEach(async () => {
    const opened = await openTable();
    close = opened.close;
    hosts = new Hosts(opened.table, () => 1_795_000_000_000);
  });
  afterEach(() => close());

  test('the house is claimed once, even by many at once', async () => {
    const claimed = await Promise.all([1, 2, 3, 4].map((id) => hosts.claimHouse(id, `User ${id}`)));
    assert.equal(claimed.filter(Boolean).length, 1);
    assert.equal((await hosts.list()).length, 1);
  });

  test('who has claimed the house may claim it again, nobody else', async () => {
    await hosts.claimHouse(1, 'Holly');
    assert.equal(await hosts.claimHouse(1, 'Holly'), true);
    assert.equal(await hosts.claimHouse(2, 'Mallory'), false);
    assert.equal(await hosts.has(1), true);
    assert.equal(await hosts.has(2), false);
  });

  test('a stranger is refused in words once', async () => {
    assert.equal(await hosts.firstRefusal(9), true);
    assert.equal(await hosts.firstRefusal(9), false);
  });
});
