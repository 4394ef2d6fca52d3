import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { createAdaptorServer } from '@hono/node-server';
import { Bot } from 'grammy';
import { type Camera, createCamera } from '../../../local/camera/camera.ts';
import { Listeners } from '../../../local/camera/listeners.ts';
import { assetsOnceBuilt } from '../../../local/page/assets.ts';
import type { SeenFrame } from '../../../local/page/door-frame.ts';
import type { ChatMode } from '../../../local/page/mode.ts';
import { pageApp } from '../../../local/page/page.ts';
import type { SongsAloud } from '../../../local/page/songs-aloud.ts';
import { PhoneCamera } from '../../../local/phone-camera/phone-camera.ts';
import { type TelegramApp, telegramApp } from '../../../local/telegram/app.ts';
import { openCamera } from '../../../producer/camera/camera.ts';
import { emptyFolder } from '../../support/folder.ts';

const token = '123456789:AAtestsOnly-abcdefghijklmnopqrstuvw';

/** The page's server with Telegram behind it, as one test needs it. */
export interface PageServer {
  readonly address: string;
  readonly camera: Camera;
  /** Tell it what the recognition saw. */
  readonly seen: Listeners<SeenFrame>;
  readonly telegram: TelegramApp;
  /** Begins to answer by long polling, once the bot's features are put on. */
  runBot(build: (bot: Bot) => void): Promise<Bot>;
  /** Lets go of every connection and listens no more; `start` listens at the same address again. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** What a page has that others have not. */
interface PageParts {
  readonly songsAloud?: SongsAloud;
  /** Whether a phone can be its camera. */
  readonly withPhone?: boolean;
  /** Whether a party is on. */
  readonly isPartyOn?: () => Promise<boolean>;
}

const assets = assetsOnceBuilt();

/** The page on a free port; everything is ended after the test. */
export async function startPage(
  t: TestContext,
  mode: ChatMode | (() => ChatMode) = { mode: 'local' },
  { songsAloud, withPhone = false, isPartyOn }: PageParts = {},
): Promise<PageServer> {
  const folder = await emptyFolder();
  const camera = createCamera({ folder, open: openCamera });
  const seen = new Listeners<SeenFrame>();
  const telegram = telegramApp({ folder, token });
  const phone = withPhone ? new PhoneCamera({ camera, assets, address: '127.0.0.1', port: 0 }) : undefined;
  const app = await pageApp({
    assets,
    camera,
    seenFrames: { watch: (listener) => seen.add(listener), ...(isPartyOn && { isPartyOn }) },
    mode: typeof mode === 'function' ? mode : () => mode,
    telegram: telegram.app,
    ...(songsAloud && { songsAloud }),
    ...(phone && { phone }),
  });
  let server = createAdaptorServer({ fetch: app.fetch });
  let port = 0;
  const start = async () => {
    server = createAdaptorServer({ fetch: app.fetch });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const stop = async () => {
    const closed = once(server, 'close');
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    await closed;
  };
  const bots: Bot[] = [];
  await start();
  t.after(async () => {
    for (const bot of bots) await bot.stop().catch(() => {}); // The server may be stopped already.
    await telegram.close();
    await phone?.close();
    await camera.close();
    if (server.listening) await stop();
  });

  const address = `http://127.0.0.1:${port}`;
  const runBot = async (build: (bot: Bot) => void) => {
    const bot = new Bot(token, { client: { apiRoot: `${address}/telegram` } });
    build(bot);
    await bot.init();
    bots.push(bot);
    bot.start().catch(() => {}); // Its polling breaks when the server is stopped on purpose.
    return bot;
  };
  return { address, camera, seen, telegram, runBot, stop, start };
}
