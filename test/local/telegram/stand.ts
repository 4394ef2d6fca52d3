import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { serve } from '@hono/node-server';
import { Api, GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import { Hono } from 'hono';
import { telegramApp } from '../../../local/telegram/app.ts';
import type { Role } from '../../../local/telegram/state/people.ts';
import type { Telegram, TelegramOptions } from '../../../local/telegram/telegram.ts';
import { emptyFolder } from '../../support/folder.ts';
import { PersonClient } from '../../support/telegram/person-client.ts';

export const standToken = '4200000001:TEST_token-of_the-bot';
export const standSecret = 'a-secret_of-the-webhook';

/** A stand-in that listens, mounted as the launcher mounts it. */
export interface Stand {
  readonly root: string;
  readonly folder: string;
  readonly telegram: Telegram;
  readonly api: Api;
  /** Connects as one who is there, by role or id. */
  person(who: Role | number): Promise<PersonClient>;
  /** Connects as somebody who makes an account. */
  newPerson(firstName: string): Promise<PersonClient>;
  close(): Promise<void>;
}

const endings = new WeakMap<TestContext, Array<() => unknown>>();

/** Like `t.after`, but what was begun last is ended first. */
export function afterwards(t: TestContext, end: () => unknown): void {
  const known = endings.get(t);
  if (known !== undefined) {
    known.push(end);
    return;
  }
  const stack = [end];
  endings.set(t, stack);
  t.after(async () => {
    for (const one of stack.reverse()) await one();
  });
}

/** Starts a stand-in on a free port; it ends with the test, or by `close`. */
export async function openStand(t: TestContext, options: Partial<TelegramOptions> = {}): Promise<Stand> {
  const folder = options.folder ?? (await emptyFolder());
  const { app, telegram, close } = telegramApp({ token: standToken, ...options, folder });
  const server = serve({ fetch: new Hono().route('/telegram', app).fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram`;
  const people: PersonClient[] = [];
  let closing: Promise<void> | undefined;
  const end = async () => {
    await Promise.all(people.map((person) => person.close()));
    await close();
    server.close();
    'closeAllConnections' in server && server.closeAllConnections();
    await once(server, 'close');
  };
  const closeOnce = () => {
    closing ??= end();
    return closing;
  };
  afterwards(t, closeOnce);
  const connect = async (who: Role | number) => {
    const person = await PersonClient.connect(root, who);
    people.push(person);
    return person;
  };
  return {
    root,
    folder,
    telegram,
    api: new Api(options.token ?? standToken, { apiRoot: root }),
    person: connect,
    newPerson: async (firstName) => connect((await PersonClient.signUp(root, firstName)).id),
    close: closeOnce,
  };
}

/** A webhook that keeps what it gets, answers what it is told (200 unless told), and can be waited for. */
export interface Hook {
  readonly url: string;
  readonly updates: Update[];
  readonly secrets: Array<string | string[] | undefined>;
  /** Called for each request before the answer. */
  answer: (update: Update, response: ServerResponse) => void | Promise<void>;
  /** Resolves once so many updates have come. */
  come(count: number): Promise<void>;
}

export async function openHook(t: TestContext): Promise<Hook> {
  const waiting = new Set<() => void>();
  const hook: Hook = {
    url: '',
    updates: [],
    secrets: [],
    answer: (_update, response) => void response.end(),
    come: (count) =>
      new Promise((resolve) => {
        const look = () => hook.updates.length >= count && waiting.delete(look) && resolve();
        waiting.add(look);
        look();
      }),
  };
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const update = JSON.parse(Buffer.concat(chunks).toString()) as Update;
    hook.updates.push(update);
    hook.secrets.push(request.headers['x-telegram-bot-api-secret-token']);
    await hook.answer(update, response);
    for (const look of [...waiting]) look();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterwards(t, async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  return Object.assign(hook, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${randomUUID()}`,
  });
}

/** For `assert.rejects`: an error of the Bot API with this code and these words. */
export function refusal(code: number, description: string | RegExp): (error: unknown) => boolean {
  return (error) => {
    if (!(error instanceof GrammyError)) throw error;
    const fits =
      typeof description === 'string'
        ? error.description === description
        : description.test(error.description);
    if (error.error_code !== code || !fits)
      throw new Error(`It was ${error.error_code} ${error.description}`);
    return true;
  };
}
