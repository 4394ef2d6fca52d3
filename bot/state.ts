import type { ConversationData, ConversationStorage } from '@grammyjs/conversations';
import type { Clock } from '../party/clock.ts';
import { hour } from '../party/clock.ts';
import type { Key, Table } from '../party/stores/table.ts';
import type { BotContext } from './context.ts';
import { StateConflictError } from './errors.ts';

/**
 * To be raised with every change of a conversation's code: a conversation that was begun under another version is
 * forgotten, for it could not be replayed.
 */
const conversationsVersion = 1;

/** How long an unfinished conversation is kept. */
const keptFor = 24 * hour;

interface StateItem {
  /** Counts the writes. */
  readonly version: number;
  /** JSON; what DynamoDB takes is narrower than what a conversation may hold. */
  readonly state: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** Where the state of a user in a chat is kept. */
export function stateKey(chatId: number, userId: number, name: string): Key {
  return { pk: `CHAT#${chatId}#${userId}`, sk: `state#${name}` };
}

/**
 * Keeps conversations on the table, so that they outlive the process. Each write demands the version that was
 * read: of two updates handled at the same time the second fails with StateConflictError and is handled again,
 * rather than undoing what the first did.
 */
export function conversationStorage(
  table: Table,
  now: Clock,
): ConversationStorage<BotContext, ConversationData> {
  const versions = new WeakMap<BotContext, number>();

  async function write(ctx: BotContext, state: string): Promise<void> {
    const key = keyOf(ctx);
    if (!key) return;
    const read = versions.get(ctx) ?? 0;
    const written = await table.put(
      { ...key, version: read + 1, state, expiresAt: Math.ceil((now() + keptFor) / 1000) },
      read === 0 ? 'attribute_not_exists(#pk)' : '#version = :read',
      read === 0 ? {} : { read },
    );
    if (!written) throw new StateConflictError('Another update of this user was handled at the same time.');
    versions.set(ctx, read + 1);
  }

  return {
    type: 'context',
    version: conversationsVersion,
    adapter: {
      async read(ctx) {
        const key = keyOf(ctx);
        const item = key && (await table.get<StateItem>(key));
        if (!item) return undefined;
        versions.set(ctx, item.version);
        return item.state === '' || item.expiresAt * 1000 < now() ? undefined : JSON.parse(item.state);
      },
      write: (ctx, state) => write(ctx, JSON.stringify(state)),
      // The item stays, empty, until it expires: were it deleted, its versions would begin anew, and a write that
      // should fail might not.
      delete: (ctx) => write(ctx, ''),
    },
  };
}

function keyOf({ chatId, from }: BotContext): Key | undefined {
  return chatId !== undefined && from ? stateKey(chatId, from.id, 'conversations') : undefined;
}
