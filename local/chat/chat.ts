import { join } from 'node:path';
import { createApi } from '../../bot/api.ts';
import { allowedUpdates, clearCommands } from '../../bot/commands.ts';
import { connectWebhook } from '../../bot/webhook.ts';
import { machineClock } from '../../party/monotonic-clock.ts';
import type { BotSecret } from '../../party/stores/secret.ts';
import type { OpenOptions } from '../disk/damage.ts';
import type { ChatMode } from '../page/mode.ts';
import { type TelegramApp, telegramApp } from '../telegram/app.ts';
import { startRelay } from './relay.ts';

/** Where the host writes with the bot. */
export interface Chat {
  /** The Bot API on this machine is below this path of the page's port; undefined with the real Telegram. */
  readonly path?: string;
  readonly token: string;
  /** The chat's stand-in; none with the real Telegram. */
  readonly telegram?: TelegramApp;
  /** Lets updates come to the webhook. @throws the relay's errors, in words for the host */
  connect(webhookUrl: string, secret: BotSecret, apiRoot?: string): Promise<ChatMode>;
  close(): Promise<void>;
}

/** The chat on the page: Telegram's stand-in, with its people and groups. @throws DamagedError */
export function chatOnThisMachine(folder: string, token: string, options: OpenOptions = {}): Chat {
  const telegram = telegramApp({ ...options, folder, token, now: machineClock.now });
  return {
    telegram,
    path: '/telegram',
    token,
    async connect(webhookUrl, { webhookSecret }, apiRoot) {
      await connectWebhook(createApi(token, apiRoot), { url: webhookUrl, webhookSecret });
      return { mode: 'local', botUsername: telegram.telegram.bot.username };
    },
    close: () => telegram.close(),
  };
}

/** How the real Telegram is used. */
export interface RealTelegramOptions {
  /** The data folder. */
  readonly folder: string;
  readonly token: string;
  /** Takes the bot away from where its webhook is set now. */
  readonly takeOver: boolean;
  /** Told what does not work for now and is tried again, each trouble once. */
  readonly onProblem: (problem: Error) => void;
  /** Called when the updates stop coming though nobody closed it. */
  readonly onEnd: (error: unknown) => void;
}

/** The real Telegram: its updates are fetched and handed to the same webhook. */
export function realTelegram({ folder, token, takeOver, onProblem, onEnd }: RealTelegramOptions): Chat {
  const ending = new AbortController();
  let done: Promise<unknown> = Promise.resolve();
  return {
    token,
    async connect(webhookUrl, { webhookSecret }) {
      const relay = await startRelay({
        token,
        webhookUrl,
        secretToken: webhookSecret,
        offsetFile: join(folder, 'telegram', 'offset.json'),
        allowedUpdates,
        takeOver,
        signal: ending.signal,
        onProblem: eachOnce(onProblem),
      });
      done = relay.done.catch(onEnd);
      await clearCommands(createApi(token, undefined));
      return { mode: 'telegram', ...(relay.bot.username && { botUsername: relay.bot.username }) };
    },
    async close() {
      ending.abort();
      await done;
    },
  };
}

/** A trouble that lasts is told when it begins, not at every try. */
function eachOnce(tell: (problem: Error) => void): (problem: Error) => void {
  let last: string | undefined;
  return (problem) => {
    if (problem.message !== last) tell(problem);
    last = problem.message;
  };
}
