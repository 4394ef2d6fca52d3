import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands, registerCommands } from '../../bot/commands.ts';
import { otherText } from '../../bot/features/other.text.ts';
import { openStand } from '../local/telegram/stand.ts';
import { openBotHouse } from '../support/bot-house.ts';

test('Telegram takes the commands', async (t) => {
  const { api } = await openStand(t);
  await registerCommands(api);
  assert.deepEqual(await api.getMyCommands(), commands);
});

test('every command of the menu is answered by what it is there for', async (t) => {
  const { host } = await openBotHouse(t);
  const answerTo = async (command: string): Promise<string | undefined> => {
    const { message_id: asked } = await host.say(host.bot, `/${command}`);
    return (await host.waitForMessage(({ message_id: answer }) => answer > asked)).text;
  };
  for (const { command } of commands) assert.notEqual(await answerTo(command), otherText.command, command);
  assert.equal(await answerTo('no_such_command'), otherText.command);
});
