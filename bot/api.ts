import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { autoRetry } from '@grammyjs/auto-retry';
import { Api, type ApiClientOptions, HttpError, type Transformer } from 'grammy';

/** What a message to a chat and a download may take, in seconds. grammY's own limit is 500. */
export const answerTimeout = 20;

/**
 * A connection for each call. One that is kept open may have been closed by the other side meanwhile, as it
 * surely is after a Lambda was frozen, and nobody knows of a message sent over it whether it is in the chat.
 */
const agents = { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) };

/**
 * @param apiRoot where the Bot API is, when not at Telegram's own address
 * @param timeoutSeconds for each call
 */
export function clientOptions(apiRoot: string | undefined, timeoutSeconds: number): ApiClientOptions {
  const agent = apiRoot?.startsWith('http:') ? agents.http : agents.https;
  return { timeoutSeconds, baseFetchConfig: { agent }, ...(apiRoot && { apiRoot }) };
}

/**
 * The Bot API alone, without a bot that handles updates.
 *
 * @param token the bot's
 * @param apiRoot where the Bot API is, when not at Telegram's own address
 * @param timeoutSeconds for each call
 */
export function createApi(token: string, apiRoot: string | undefined, timeoutSeconds = answerTimeout): Api {
  const api = new Api(token, clientOptions(apiRoot, timeoutSeconds));
  api.config.use(withoutAddress);
  return api;
}

/** A token begins with its bot's id (Bot API, "Authorizing your bot"). */
export const botIdOf = (token: string): number => Number(token.split(':', 1)[0]);

/**
 * Takes what holds the address, and with it the bot's token, out of the error of a failed call, before anybody
 * can log it.
 */
export const withoutAddress: Transformer = async (call, method, payload, signal) => {
  try {
    return await call(method, payload, signal);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const code = (error.error as { readonly code?: string } | undefined)?.code;
    throw new HttpError(code ? `${error.message} (${code})` : error.message, undefined);
  }
};

/**
 * Waits a few seconds and tries once more when Telegram asks for it or has an error of its own. What may have
 * been sent (a lost connection, a time-out) is not sent again.
 */
export function retryOnce(): Transformer {
  return autoRetry({ maxRetryAttempts: 1, maxDelaySeconds: 5, rethrowHttpErrors: true });
}
