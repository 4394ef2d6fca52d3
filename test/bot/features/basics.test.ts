import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands } from '../../../bot/commands.ts';
import { basicsText } from '../../../bot/features/basics.text.ts';

test('/help tells of each command of Telegram’s menu, in its order, and of no other', () => {
  const told = [...basicsText.help.matchAll(/^\/(\w+) – /gm)].map(([, command]) => command);
  const inMenu = commands.map(({ command }) => command).filter((command) => command !== 'help');
  assert.deepEqual(told, inMenu);
});
