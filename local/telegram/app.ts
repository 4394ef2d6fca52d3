import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { loopbackOnly } from '../http/loopback.ts';
import { botApi } from './bot-api.ts';
import { peopleRoutes } from './people/routes.ts';
import { Telegram, type TelegramOptions } from './telegram.ts';

/** Telegram on this machine, as an app to be mounted: `server.route('/telegram', (await telegramApp(…)).app)`. */
export interface TelegramApp {
  readonly app: Hono<{ Bindings: Partial<HttpBindings> }>;
  /** The world behind it; `telegram.faults` is for tests. */
  readonly telegram: Telegram;
  /** Ends deliveries, long polls and event streams, and closes the journal. Close the server after it. */
  close(): Promise<void>;
}

/**
 * The Bot API (`/bot<token>/<method>`, `/file/bot<token>/<path>`) and what people do (`/people`, `/chats`,
 * `/events`, `/files`, `/bot`), for this machine only. Deliveries to a webhook that was set before go on at once.
 * @throws DamagedError, BadTokenError
 */
export function telegramApp(options: TelegramOptions): TelegramApp {
  const telegram = new Telegram(options);
  const app = new Hono<{ Bindings: Partial<HttpBindings> }>();
  app.use(loopbackOnly);
  app.route('/', botApi(telegram));
  app.route('/', peopleRoutes(telegram));
  return { app, telegram, close: () => telegram.close() };
}
