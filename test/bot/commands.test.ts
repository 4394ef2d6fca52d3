import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands, registerCommands } from '../../bot/commands.ts';
import { openStand } from '../local/telegram/stand.ts';

test('Telegram takes the commands', async (t) => {
  const { api } = await openStand(t);
  await registerCommands(api);
  assert.deepEqual(await api.getMyCommands(), commands);
});
