import type { BotCommand, BotCommandScope } from 'grammy/types';
import { badRequest } from './errors.ts';
import type { StoredChat } from './state/chats.ts';
import type { Journal, Table } from './state/journal.ts';

const maxCommands = 100;
const maxDescription = 256;

/** The bot's command menus, one for each scope and language. */
export class Commands {
  readonly #journal: Journal;
  readonly #table: Table<BotCommand[]>;

  constructor(journal: Journal) {
    this.#journal = journal;
    this.#table = journal.table('commands');
  }

  /** @throws BotApiError 400 for commands that Telegram does not take. */
  set(commands: unknown, scope: BotCommandScope, language: string): void {
    const checked = check(commands);
    const key = keyOf(scope, language);
    this.#journal.commit([checked.length === 0 ? this.#table.remove(key) : this.#table.put(key, checked)]);
  }

  get(scope: BotCommandScope, language: string): BotCommand[] {
    return this.#table.rows.get(keyOf(scope, language)) ?? [];
  }

  /** What a person's menu shows in a chat (Bot API, *Determining list of commands*). */
  menu(chat: StoredChat, personId: number): BotCommand[] {
    const chat_id = chat.id;
    const isAdmin = chat.creator === personId;
    const scopes: BotCommandScope[] =
      chat.type === 'private'
        ? [{ type: 'chat', chat_id }, { type: 'all_private_chats' }, { type: 'default' }]
        : [
            { type: 'chat_member', chat_id, user_id: personId },
            ...(isAdmin ? [{ type: 'chat_administrators', chat_id } as const] : []),
            { type: 'chat', chat_id },
            ...(isAdmin ? [{ type: 'all_chat_administrators' } as const] : []),
            { type: 'all_group_chats' },
            { type: 'default' },
          ];
    for (const scope of scopes) {
      for (const language of ['en', '']) {
        const commands = this.get(scope, language);
        if (commands.length > 0) return commands;
      }
    }
    return [];
  }
}

/** One key a scope, whatever else the object carries. */
function keyOf(scope: BotCommandScope, language: string): string {
  const chat = 'chat_id' in scope ? scope.chat_id : '';
  const user = 'user_id' in scope ? scope.user_id : '';
  return `${scope.type} ${chat} ${user} ${language}`;
}

function check(commands: unknown): BotCommand[] {
  if (!Array.isArray(commands)) throw badRequest('expected an Array of BotCommand');
  if (commands.length > maxCommands) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  return commands.map((one: Partial<BotCommand> | null) => {
    const command = String(one?.command ?? '').replace(/^\//, '');
    const description = String(one?.description ?? '').trim();
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
    if (description === '' || description.length > maxDescription)
      throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
    return { command, description };
  });
}
