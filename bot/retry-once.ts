import { autoRetry } from '@grammyjs/auto-retry';
import type { Transformer } from 'grammy';

/**
 * Waits a few seconds and tries once more when Telegram asks for it or has an error of its own. What may have
 * been sent (a lost connection, a time-out) is not sent again.
 *
 * Apart from `api.ts`, for the plugin brings all of grammY, bot included, and those that only send need none of it.
 */
export function retryOnce(): Transformer {
  return autoRetry({ maxRetryAttempts: 1, maxDelaySeconds: 5, rethrowHttpErrors: true });
}
