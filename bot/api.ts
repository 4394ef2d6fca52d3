import { Api, type ApiClientOptions, HttpError, type Transformer } from 'grammy';

/** What a message to a chat and a download may take, in seconds. grammY's own limit is 500. */
export const answerTimeout = 20;

/**
 * Calls over a connection of its own. One that is kept open may have been closed by the other side meanwhile, as it
 * surely is after a Lambda was frozen, and nobody knows of a message sent over it whether it is in the chat.
 *
 * Node's own fetch, where grammY has node-fetch: that one, with all of Unicode's domain names, would be a fifth of each
 * Lambda, and know an AbortSignal by the name of its class.
 */
const fetchOverItsOwnConnection: typeof fetch = (address, { signal, ...options } = {}) =>
  fetch(address, {
    ...options,
    ...(signal && { signal: ofNode(signal) }),
    headers: { ...(options.headers as object), connection: 'close' },
  });

/** grammY brings an AbortSignal of its own where it is not bundled, and from Node 24 on fetch takes only Node's. */
function ofNode(signal: AbortSignal): AbortSignal {
  if (signal instanceof AbortSignal) return signal;
  const controller = new AbortController();
  const given = signal as EventTarget & { readonly aborted: boolean };
  if (given.aborted) controller.abort();
  else given.addEventListener('abort', () => controller.abort(), { once: true });
  return controller.signal;
}

/**
 * @param apiRoot where the Bot API is, when not at Telegram's own address
 * @param timeoutSeconds for each call
 */
export function clientOptions(apiRoot: string | undefined, timeoutSeconds: number): ApiClientOptions {
  return {
    timeoutSeconds,
    fetch: fetchOverItsOwnConnection as unknown as NonNullable<ApiClientOptions['fetch']>,
    ...(apiRoot && { apiRoot }),
  };
}

/**
 * The Bot API, without a bot that handles updates.
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
    const { cause } = (error.error ?? {}) as { readonly cause?: { readonly code?: string } };
    const code = cause?.code;
    throw new HttpError(code ? `${error.message} (${code})` : error.message, undefined);
  }
};
