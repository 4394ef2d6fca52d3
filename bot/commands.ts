import type { Api } from 'grammy';
import type { BotCommand, Update } from 'grammy/types';

/** What the bot can be told, in the order in which Telegram's menu shows it. */
export const commands: readonly BotCommand[] = [
  { command: 'start_party', description: 'Start the party: 4h, or until 01:00' },
  { command: 'end_party', description: 'End the party' },
  { command: 'status', description: 'What is going on' },
  { command: 'guests', description: 'Who is invited, and their songs' },
  { command: 'songs', description: 'All songs, and whose they are' },
  { command: 'cancel', description: 'Stop what I asked you for' },
  { command: 'help', description: 'How this works' },
];

/** The kinds of updates that the bot reads: what the webhook, or long polling, is to be asked for. */
export const allowedUpdates = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
] as const satisfies ReadonlyArray<Exclude<keyof Update, 'update_id'>>;

/** Tells Telegram the commands, for the menu in the chat. */
export async function registerCommands(api: Api): Promise<void> {
  await api.setMyCommands(commands);
}
