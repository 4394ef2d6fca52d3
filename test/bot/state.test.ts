import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { VersionedState } from '@grammyjs/conversations';
import type { BotContext } from '../../bot/context.ts';
import { StateConflictError } from '../../bot/errors.ts';
import { conversationStorage, stateKey } from '../../bot/state.ts';
import { clockAt } from '../support/clock.ts';
import { openTable } from '../support/table.ts';

const update = (userId = 7): BotContext => ({ chatId: 7, from: { id: userId } }) as unknown as BotContext;
const state = (word: string) => ({ version: [0, 1], state: { [word]: [] } }) as VersionedState<never>;

async function openStorage(t: TestContext) {
  const { table, close } = await openTable();
  t.after(close);
  const clock = clockAt(1_795_000_000_000);
  const storage = conversationStorage(table, clock.now);
  assert.ok(storage.type === 'context');
  return { table, clock, adapter: storage.adapter };
}

test('what one update wrote the next one reads, each user apart', async (t) => {
  const { adapter, table } = await openStorage(t);
  const first = update();
  assert.equal(await adapter.read(first), undefined);
  await adapter.write(first, state('one'));
  assert.deepEqual(await adapter.read(update()), state('one'));
  assert.equal(await adapter.read(update(8)), undefined);
  assert.ok(await table.get(stateKey(7, 7, 'conversations')));
});

test('of two updates at the same time the second is refused', async (t) => {
  const { adapter } = await openStorage(t);
  const [one, other] = [update(), update()];
  await adapter.read(one);
  await adapter.read(other);
  await adapter.write(one, state('one'));
  await assert.rejects(async () => adapter.write(other, state('other')), StateConflictError);
  assert.deepEqual(await adapter.read(update()), state('one'));
});

test('a state that was ended and begun anew is another one', async (t) => {
  const { adapter } = await openStorage(t);
  await adapter.write(update(), state('one'));
  const old = update();
  await adapter.read(old);
  const ending = update();
  await adapter.read(ending);
  await adapter.delete(ending);
  assert.equal(await adapter.read(update()), undefined);
  const anew = update();
  await adapter.read(anew);
  await adapter.write(anew, state('two'));
  await assert.rejects(async () => adapter.write(old, state('old')), StateConflictError);
});

test('a state that has expired is not there, and can be begun anew', async (t) => {
  const { adapter, clock } = await openStorage(t);
  await adapter.write(update(), state('one'));
  clock.pass(25 * 3_600_000);
  const late = update();
  assert.equal(await adapter.read(late), undefined);
  await adapter.write(late, state('two'));
  assert.deepEqual(await adapter.read(update()), state('two'));
});
