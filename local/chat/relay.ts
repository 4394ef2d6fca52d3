import { setTimeout as delay } from 'node:timers/promises';
import type { Update, User, WebhookInfo } from 'grammy/types';
import type { UpdateKind } from '../telegram/delivery/updates.ts';
import { RelayApi } from './relay/api.ts';
import {
  PollingConflictError,
  TelegramRefusedError,
  TelegramUnreachableError,
  WebhookElsewhereError,
  WebhookRefusedError,
} from './relay/errors.ts';
import { Offset } from './relay/offset.ts';

export interface RelayOptions {
  readonly token: string;
  /** Where Telegram is; another one in tests. */
  readonly apiRoot?: string;
  /** The webhook handler's address on this machine. */
  readonly webhookUrl: string;
  readonly secretToken: string;
  /** Where the offset is kept between runs. */
  readonly offsetFile: string;
  /** The kinds of update wanted; Telegram's usual ones unless given. */
  readonly allowedUpdates?: readonly UpdateKind[];
  /** Removes a webhook that is set elsewhere, instead of refusing the token. */
  readonly takeOver?: boolean;
  /** Ends the relay. */
  readonly signal: AbortSignal;
  /** Told of what is tried again: Telegram out of reach, the handler not taking an update. */
  readonly onProblem?: (error: Error) => void;
  /** How long one call to getUpdates is held open, seconds. */
  readonly pollSeconds?: number;
  /** The wait after a second failure in a row, milliseconds; it doubles up to a minute. */
  readonly firstDelayMs?: number;
}

/** A relay that has been accepted by Telegram and is running. */
export interface Relay {
  readonly bot: User;
  /** Settles when the relay has ended: by its signal, or with the error that ended it. */
  readonly done: Promise<void>;
}

const longestDelayMs = 60_000;
/** As long as Telegram itself keeps trying a webhook. */
const messageLifeS = 24 * 60 * 60;
const pressLifeMs = 150_000;
const handlerTimeoutMs = 60_000;

/**
 * Brings the real Telegram's updates to the webhook handler on this machine, by long polling: one after
 * another, each until the handler takes it (2xx). Resolves once the token is accepted and polling begins.
 * @throws TokenRefusedError, WebhookElsewhereError; `done` may reject with these and PollingConflictError.
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const api = new RelayApi(options.apiRoot ?? 'https://api.telegram.org', options.token, options.signal);
  const bot = await persist(options, () => api.call<User>('getMe'));
  await persist(options, () => freeToPoll(api, options.takeOver ?? false));
  return {
    bot,
    done: poll(api, options).catch((error) => (options.signal.aborted ? undefined : Promise.reject(error))),
  };
}

/** @throws WebhookElsewhereError unless the webhook may be taken over */
async function freeToPoll(api: RelayApi, takeOver: boolean): Promise<void> {
  const { url } = await api.call<WebhookInfo>('getWebhookInfo');
  if (!url) return;
  if (!takeOver) throw new WebhookElsewhereError(URL.canParse(url) ? new URL(url).host : 'another address');
  await api.call('deleteWebhook');
}

async function poll(api: RelayApi, options: RelayOptions): Promise<void> {
  const offset = new Offset(options.offsetFile, options.token);
  const timeout = options.pollSeconds ?? 30;
  const allowed = options.allowedUpdates === undefined ? {} : { allowed_updates: options.allowedUpdates };
  while (!options.signal.aborted) {
    const wanted = { offset: offset.next, timeout, ...allowed };
    for (const update of await persist(options, () => getUpdates(api, wanted))) {
      await deliver(update, options);
      await offset.pass(update.update_id);
    }
  }
}

async function getUpdates(api: RelayApi, request: { offset: number; timeout: number }): Promise<Update[]> {
  try {
    return await api.call<Update[]>('getUpdates', request, request.timeout * 1000);
  } catch (error) {
    if (!(error instanceof TelegramRefusedError) || error.code !== 409) throw error;
    await freeToPoll(api, false);
    throw new PollingConflictError({ cause: error });
  }
}

/** Hands one update on until it is taken, or so old that Telegram too would drop it. */
async function deliver(update: Update, options: RelayOptions): Promise<void> {
  const expires = expiryOf(update);
  await persist(options, async () => {
    if (Date.now() < expires) await post(update, options);
  });
}

function expiryOf(update: Update): number {
  if (update.callback_query) return Date.now() + pressLifeMs;
  const date = update.message?.date ?? update.edited_message?.edit_date ?? Date.now() / 1000;
  return (date + messageLifeS) * 1000;
}

async function post(update: Update, { webhookUrl, secretToken, signal }: RelayOptions): Promise<void> {
  let response: Response;
  try {
    response = await fetch(webhookUrl, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secretToken },
      body: JSON.stringify(update),
      signal: AbortSignal.any([signal, AbortSignal.timeout(handlerTimeoutMs)]),
    });
    await response.arrayBuffer();
  } catch (cause) {
    throw new WebhookRefusedError('The webhook handler did not answer.', 0, { cause });
  }
  if (response.ok) return;
  const retryAfter = Number(response.headers.get('retry-after') ?? 0);
  throw new WebhookRefusedError(`The webhook handler answered ${response.status}.`, retryAfter || 0);
}

/** Tries again after what may pass: no connection, too many requests, a server's error, a handler that is busy. */
async function persist<T>(options: RelayOptions, act: () => Promise<T>): Promise<T> {
  const { signal, onProblem, firstDelayMs = 1000 } = options;
  for (let failures = 0; ; failures++) {
    try {
      return await act();
    } catch (error) {
      if (signal.aborted || !(error instanceof Error) || !mayPass(error)) throw error;
      onProblem?.(error);
      const doubled = failures === 0 ? 0 : firstDelayMs * 2 ** Math.min(failures - 1, 30);
      const asked =
        'retryAfter' in error && typeof error.retryAfter === 'number' ? error.retryAfter * 1000 : 0;
      await delay(asked || Math.min(doubled, longestDelayMs), undefined, { signal });
    }
  }
}

function mayPass(error: Error): boolean {
  if (error instanceof TelegramRefusedError) return error.code === 429 || error.code >= 500;
  return error instanceof TelegramUnreachableError || error instanceof WebhookRefusedError;
}
