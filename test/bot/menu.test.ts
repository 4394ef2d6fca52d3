import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands } from '../../bot/commands.ts';
import { basicsText } from '../../bot/features/basics.text.ts';

test('/help tells of every command in the menu but itself', () => {
  for (const { command } of commands)
    if (command !== 'help') assert.ok(basicsText.help.includes(`\n/${command} – `), command);
});
