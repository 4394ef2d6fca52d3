import type { Transformer } from 'grammy';
import { second } from '../party/clock.ts';
import { loggable } from '../party/loggable.ts';
import type { Services } from '../party/services.ts';

/**
 * Notes when a chat takes no more messages, whoever finds it: Telegram's limits hold for a chat, and an answer that was
 * one too many says so to all who send there.
 */
export function holdsChats({
  destinations,
  now,
  log,
}: Pick<Services, 'destinations' | 'now' | 'log'>): Transformer {
  return async (call, method, payload, signal) => {
    const answer = await call(method, payload, signal);
    const { chat_id: chatId } = payload as { readonly chat_id?: unknown };
    const wait = answer.ok ? undefined : answer.parameters?.retry_after;
    if (wait !== undefined && typeof chatId === 'number') {
      await destinations
        .hold(chatId, now() + wait * second)
        .catch((error: unknown) => log.warn('A hold could not be noted', loggable(error)));
    }
    return answer;
  };
}
