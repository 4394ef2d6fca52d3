import type { Api } from 'grammy';
import type { BotCommand, Update } from 'grammy/types';

/** What the bot can be told, in the order in which Telegram's menu shows it. */
export const commands: readonly BotCommand[] = [
  { command: 'start_party', description: 'Start the party: 4h, or until 1am' },
  { command: 'end_party', description: 'End the party' },
  { command: 'status', description: 'What’s going on' },
  { command: 'camera', description: 'What the camera sees right now' },
  { command: 'recap', description: 'Who came to an earlier party, as a picture' },
  { command: 'why', description: 'Why I announced someone, or didn’t: /why Anna' },
  { command: 'guests', description: 'Who’s invited, and their songs' },
  { command: 'mute', description: 'Know a guest, and don’t announce: /mute Anna' },
  { command: 'songs', description: 'All songs, and whose they are' },
  { command: 'door', description: 'A screen at the door that plays the songs' },
  { command: 'invite', description: 'A link for guests to add themselves' },
  { command: 'cohost', description: 'Let someone help you host' },
  { command: 'hosts', description: 'Who can give me orders' },
  { command: 'settings', description: 'Your time, how long a party lasts, what I keep' },
  { command: 'forget', description: 'Forget a guest, a party, or everything' },
  { command: 'cancel', description: 'Never mind my question' },
  { command: 'help', description: 'How this works' },
];

/** Who sees a menu. Others see none: there is nothing that they could say. */
export type MenuOf = 'owner' | 'co-host' | 'host in a group';

const inGroups = ['start_party', 'end_party', 'status', 'help'];
const isFor: Readonly<Record<MenuOf, (command: string) => boolean>> = {
  owner: () => true,
  'co-host': (command) => command !== 'cohost',
  'host in a group': (command) => inGroups.includes(command),
};

/** The menu of those people. */
export const menuOf = (who: MenuOf): BotCommand[] => commands.filter(({ command }) => isFor[who](command));

/** The kinds of updates that the bot reads: what the webhook, or long polling, is to be asked for. */
export const allowedUpdates = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
  'chat_join_request',
] as const satisfies ReadonlyArray<Exclude<keyof Update, 'update_id'>>;

/** Takes the menu from everybody: each host is shown one of their own (`menu.ts`). */
export async function clearCommands(api: Api): Promise<void> {
  await api.deleteMyCommands();
}
