import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { createBot } from '../bot/bot.ts';
import { FailedUpdates } from '../bot/failed-update.ts';
import { sameSecret } from '../bot/same-secret.ts';
import { buildOnce } from '../party/build-once.ts';
import { expiry, hour, minute } from '../party/clock.ts';
import { loggable } from '../party/loggable.ts';
import { createServices, type Services } from '../party/services.ts';
import type { Key } from '../party/stores/table.ts';
import { buildApi } from './bot-api.ts';
import { type Entry, entry } from './entry.ts';

/** Longer than the function can live (55 s, under the 60 s after which Telegram gives up on a call). */
const updateLease = minute;
/** Telegram keeps an update for 24 hours. */
const updateKeptFor = 48 * hour;
/** An update that ended its Lambda this often would hold up all others for a day. */
const maxAttempts = 8;

/** How long it may take to tell that an update has to wait, in seconds. */
const noticeTimeout = 5;

/** Another handles it, and Telegram comes again to see. No 5xx, which are what the alarm of the webhook counts. */
const inWork = 409;

/** Telegram sends it with each update (Bot API, setWebhook). */
const secretHeader = 'X-Telegram-Bot-Api-Secret-Token';

type Event = Pick<LambdaFunctionURLEvent, 'headers' | 'requestContext' | 'body' | 'isBase64Encoded'>;
type Answer = LambdaFunctionURLResult & { statusCode: number };

/** Telegram's updates in, a status out. */
export type Webhook = (event: Event) => Promise<Answer>;

/**
 * Builds the handler from what it needs. Each update is handled once: 200 says that it is done, and anything else
 * that Telegram should come again.
 */
export function createWebhook(services: Services): Webhook {
  const { claims, log, now } = services;
  // getMe is asked once a process, and never before a secret was right.
  const theBot = buildOnce(() => makeBot(services));

  const failed = new FailedUpdates();

  /** Whoever wrote hears why it takes longer, if Telegram can be told; the log has it in any case. */
  async function tell(how: (api: Api) => Promise<void>): Promise<void> {
    try {
      const { api } = await buildApi(services, noticeTimeout);
      await how(api);
    } catch (error) {
      log.error('The failure could not be told', loggable(error));
    }
  }

  async function handle(update: Update): Promise<number> {
    try {
      return await handleOnce(update);
    } catch (error) {
      log.error('The webhook failed', loggable(error));
      await tell((api) => failed.toComeAgain(api, update, error));
      return 500;
    }
  }

  async function handleOnce(update: Update): Promise<number> {
    const { update_id: updateId } = update;
    const ready = await theBot();
    const key = updateKey(ready.botInfo.id, updateId);
    const claimed = await claims.claim<object>(key, updateLease, {
      expiresAt: expiry(now(), updateKeptFor),
    });
    if (claimed.outcome !== 'claimed') return claimed.outcome === 'done' ? 200 : inWork;
    if ((claimed.item.attempts ?? 1) > maxAttempts) {
      log.error('An update is given up', { updateId, attempts: claimed.item.attempts });
      await tell((api) => failed.givenUp(api, update));
    } else {
      try {
        await ready.handleUpdate(update);
      } catch (error) {
        log.error('An update is to come again', { updateId, ...loggable(error) });
        await tell((api) => failed.toComeAgain(api, update, error));
        await claims.giveBack(key, now(), claimed.item);
        return 500;
      }
    }
    await claims.done(key);
    log.info('An update is done', { updateId });
    return 200;
  }

  return async (event) => {
    try {
      const given = headerOf(event, secretHeader);
      if (given === undefined || !sameSecret(given, (await services.botSecret()).webhookSecret))
        return answer(401);
      if (event.requestContext.http.method !== 'POST') return answer(405);
      const update = readUpdate(event);
      return answer(update ? await handle(update) : 400);
    } catch (error) {
      log.error('The webhook failed', loggable(error));
      return answer(500);
    }
  };
}

/** Where it is kept that an update was handled. Each bot has numbers of its own for its updates. */
export function updateKey(botId: number, updateId: number): Key {
  return { pk: `UPDATE#${botId}#${updateId}`, sk: 'update' };
}

async function makeBot(services: Services): Promise<ReturnType<typeof createBot>> {
  const { token, claimCode } = await services.botSecret();
  const { api } = await buildApi(services);
  const botInfo = await api.getMe();
  return createBot(services, { token, claimCode, botInfo, apiRoot: services.config.TELEGRAM_API_ROOT });
}

const answer = (statusCode: number): Answer => ({ statusCode });

/** A function URL writes header names in lower case; others may leave them as they came. */
function headerOf({ headers }: Event, name: string): string | undefined {
  return headers?.[name.toLowerCase()] ?? headers?.[name];
}

function readUpdate({ body, isBase64Encoded }: Event): Update | undefined {
  try {
    const text = isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString('utf8') : (body ?? '');
    const update = JSON.parse(text) as Update | null;
    return Number.isSafeInteger(update?.update_id) ? (update ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}

/** Lambda's entry: a function URL. */
export const handler: Entry<Event, Answer> = entry('webhook', createServices, async (services) =>
  createWebhook(services),
);
