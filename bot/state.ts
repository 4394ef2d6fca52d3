import type { Key } from '../party/stores/table.ts';

/** Where what a user was asked or said in a chat is kept, by what it is. */
export function stateKey(chatId: number, userId: number, name: string): Key {
  return { pk: `CHAT#${chatId}#${userId}`, sk: `state#${name}` };
}
