import { setTimeout as delay } from 'node:timers/promises';
import { autoRetry } from '@grammyjs/auto-retry';
import { type Api, HttpError, type Transformer } from 'grammy';
import { createApi } from './api.ts';
import { allowedUpdates, clearCommands } from './commands.ts';

/** An address, and the secret that Telegram sends with each update that it brings there. */
export interface WebhookOptions {
  readonly url: string;
  readonly webhookSecret: string;
}

/** Seconds for each call: whoever deploys has other services to wait for. */
const timeout = 10;
const attempts = 3;

/**
 * The Bot API for setting up. Its calls may be made again whatever became of them, so a lost connection, an error of
 * Telegram's own and "too many requests" are each tried again after a few seconds.
 *
 * @param apiRoot where the Bot API is, when not at Telegram's own address
 */
export function createPatientApi(token: string, apiRoot: string | undefined): Api {
  const api = createApi(token, apiRoot, timeout);
  api.config.use(
    autoRetry({ maxRetryAttempts: attempts - 1, maxDelaySeconds: timeout, rethrowHttpErrors: true }),
    reconnect,
  );
  return api;
}

const reconnect: Transformer = async (call, method, payload, signal) => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call(method, payload, signal);
    } catch (error) {
      if (!(error instanceof HttpError) || attempt === attempts) throw error;
      await delay(attempt * 500);
    }
  }
};

/**
 * Has Telegram bring the updates to an address, one at a time, and no menu to strangers. Safe to repeat.
 *
 * @throws GrammyError (401 or 404 when the token is not one), HttpError
 */
export async function connectWebhook(api: Api, { url, webhookSecret }: WebhookOptions): Promise<void> {
  await api.setWebhook(url, {
    secret_token: webhookSecret,
    allowed_updates: allowedUpdates,
    max_connections: 1,
  });
  await clearCommands(api);
}

/**
 * Has Telegram bring no more updates to an address. A bot that was sent somewhere else since then stays as it is.
 *
 * @returns whether its updates came to this address
 * @throws GrammyError (401 or 404 when the token is not one), HttpError
 */
export async function disconnectWebhook(api: Api, url: string): Promise<boolean> {
  if ((await api.getWebhookInfo()).url !== url) return false;
  return api.deleteWebhook();
}
