import { join } from 'node:path';
import { createApi } from '../bot/api.ts';
import { allowedUpdates, registerCommands } from '../bot/commands.ts';
import type { BotSecret } from '../party/secret.ts';
import type { ChatMode } from './page/mode.ts';
import { type TelegramApp, telegramApp } from './telegram/app.ts';
import { startRelay } from './telegram/relay.ts';

/** Where the host writes with the bot. */
export interface Chat {
  /** The Bot API on this machine is below this path of the page's port; undefined with the real Telegram. */
  readonly path?: string;
  readonly token: string;
  readonly app?: TelegramApp['app'];
  /** Lets updates come to the webhook. @throws the relay's errors, in words for the host */
  connect(webhookUrl: string, secret: BotSecret, apiRoot?: string): Promise<ChatMode>;
  close(): Promise<void>;
}

/** The chat on the page: Telegram's stand-in, with its people and groups. */
export function chatOnThisMachine(folder: string, token: string): Chat & { readonly telegram: TelegramApp } {
  const telegram = telegramApp({ folder, token });
  return {
    telegram,
    path: '/telegram',
    token,
    app: telegram.app,
    async connect(webhookUrl, { webhookSecret }, apiRoot) {
      const api = createApi(token, apiRoot);
      await api.setWebhook(webhookUrl, {
        secret_token: webhookSecret,
        allowed_updates: [...allowedUpdates],
        max_connections: 1,
      });
      await registerCommands(api);
      return { mode: 'local', botUsername: telegram.telegram.bot.username };
    },
    close: () => telegram.close(),
  };
}

/**
 * The real Telegram: its updates are fetched and handed to the same webhook.
 *
 * @param takeOver takes the bot away from where its webhook is set now
 * @param ended called when the updates stop coming though nobody closed it
 */
export function realTelegram(
  folder: string,
  token: string,
  takeOver: boolean,
  ended: (error: unknown) => void,
): Chat {
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
      });
      done = relay.done.catch(ended);
      await registerCommands(createApi(token, undefined));
      return { mode: 'telegram', ...(relay.bot.username && { botUsername: relay.bot.username }) };
    },
    async close() {
      ending.abort();
      await done;
    },
  };
}
