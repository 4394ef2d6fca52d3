import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands, menuOf } from '../../bot/commands.ts';
import { otherText } from '../../bot/features/other.text.ts';
import { type BotHouse, openBotHouse, says } from '../support/bot-house.ts';
import { becomeCoHost } from '../support/co-host.ts';
import { eventually } from '../support/eventually.ts';
import type { PersonClient } from '../support/telegram/person-client.ts';

/** Waits until a person's menu in a chat is this one. */
async function menuIs(
  { stand }: BotHouse,
  person: PersonClient,
  chatId: number,
  menu: ReturnType<typeof menuOf>,
): Promise<void> {
  const chat = stand.telegram.chats.find(chatId)!;
  const shown = () => stand.telegram.commands.menu(chat, person.person.id);
  await eventually('the menu is shown', () => JSON.stringify(shown()) === JSON.stringify(menu));
}

test('host, co-host and others each see their menu, in private and in a group', async (t) => {
  const house = await openBotHouse(t);
  const { host, stand } = house;
  const coHost = await becomeCoHost(house);
  const anyone = await stand.person('anyone');
  await menuIs(house, host, host.bot, menuOf('owner'));
  await menuIs(house, coHost, coHost.bot, menuOf('co-host'));
  const group = (await host.createGroup('The flat', [coHost.person.id, anyone.person.id])).id;
  for (const person of [host, coHost]) {
    await person.say(group, '/help');
    await menuIs(house, person, group, menuOf('host in a group'));
  }
  await anyone.say(anyone.bot, 'hi');
  await anyone.waitForMessage(says(/orders from the hosts/));
  for (const chat of [group, anyone.bot]) await menuIs(house, anyone, chat, []);
});

test('every command of the menu is answered by what it is there for', async (t) => {
  const { host, stand } = await openBotHouse(t);
  const answerTo = async (command: string): Promise<string | undefined> => {
    const { message_id: asked } = await host.say(host.bot, `/${command}`);
    // Some are answered by two messages, and the second is no answer to the next command.
    await eventually('it is handled', () => [...stand.telegram.updates.pending()].length === 0);
    return (await host.waitForMessage(({ message_id: answer }) => answer > asked)).text;
  };
  for (const { command } of commands) assert.notEqual(await answerTo(command), otherText.command, command);
  assert.equal(await answerTo('no_such_command'), otherText.command);
});

test('a co-host who was removed and joins by a new link has a menu again', async (t) => {
  const house = await openBotHouse(t);
  const { host } = house;
  const coHost = await becomeCoHost(house);
  await menuIs(house, coHost, coHost.bot, menuOf('co-host'));
  await host.press(await host.waitForMessage(says(/^Cole is a co-host now/)), 'Remove Cole');
  await menuIs(house, coHost, coHost.bot, []);
  await becomeCoHost(house);
  await menuIs(house, coHost, coHost.bot, menuOf('co-host'));
});
