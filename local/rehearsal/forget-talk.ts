import type { Services } from '../../party/services.ts';

/**
 * Has the bot wait for no answer to messages that are gone, and remember no name that was said in them.
 *
 * @param chatId the chat that they were in
 * @param gone their numbers
 */
export async function forgetTalk(
  { table }: Pick<Services, 'table'>,
  chatId: number,
  gone: ReadonlySet<unknown>,
): Promise<void> {
  const isOf = ({ pk, messageId }: { readonly pk: string; readonly messageId?: unknown }): boolean =>
    pk.startsWith(`CHAT#${chatId}#`) && gone.has(messageId);
  for (const item of await table.scan()) if (isOf(item)) await table.delete(item);
}
