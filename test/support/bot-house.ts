import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { allowedUpdates } from '../../bot/commands.ts';
import { connectWebhook } from '../../bot/webhook.ts';
import { createPictures } from '../../lambdas/pictures.ts';
import { createWebhook, type Webhook } from '../../lambdas/webhook.ts';
import { startAws } from '../../local/aws/aws.ts';
import { startRelay } from '../../local/chat/relay.ts';
import { provision } from '../../local/deployment/provision.ts';
import { credentials, pointAtThisMachine } from '../../local/environment.ts';
import { faceEngine } from '../../local/face-engine.ts';
import { startFunctionUrls } from '../../local/lambda/function-url.ts';
import { LambdaFunctions } from '../../local/lambda/functions.ts';
import { AsyncInvocations } from '../../local/lambda/invoke.ts';
import { lambdaInvoker } from '../../local/lambda/invoker.ts';
import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import type { Pause } from '../../party/clock.ts';
import { readConfig } from '../../party/config.ts';
import type { MonotonicClock } from '../../party/monotonic-clock.ts';
import { createServices, type Services } from '../../party/services.ts';
import type { BotSecret } from '../../party/stores/secret.ts';
import type { Recognizer } from '../../vision/recognizer.ts';
import { openStand, type Stand, standToken } from '../local/telegram/stand.ts';
import { chatOf } from './bot-chat.ts';
import { emptyFolder } from './folder.ts';
import { keptLog } from './log.ts';
import type { PersonClient } from './telegram/person-client.ts';
import { transport } from './transport.ts';

/** What a test may have otherwise. */
export interface BotHouseOptions {
  /** The engine; without it no photo can be looked at. */
  readonly recognizer?: Recognizer;
  /** Whether nobody has become the host yet. */
  readonly unclaimed?: boolean;
  /** With the Lambda that puts pictures into questions. */
  readonly pictures?: boolean;
  /** The Lambdas' clock; this machine's if not given. */
  readonly clock?: Pick<MonotonicClock, 'ahead' | 'now'>;
  /** How the Lambdas wait between two looks; on this machine's time if not given. */
  readonly pause?: Pause;
  /** In place of some of the real services. */
  readonly instead?: (services: Services) => Partial<Services>;
}

/** The bot behind its webhook, with AWS and Telegram of this machine round it. */
export interface BotHouse {
  readonly stand: Stand;
  readonly services: Services;
  readonly secret: BotSecret;
  readonly webhookUrl: string;
  readonly logged: readonly string[];
  /** The host, who has claimed the house, unless it is `unclaimed`. */
  readonly host: PersonClient;
  /** A new process: nothing is left but what is on disk. */
  restart(): void;
}

/** Builds a house that ends with the test. */
export async function openBotHouse(t: TestContext, options: BotHouseOptions = {}): Promise<BotHouse> {
  const folder = await emptyFolder();
  // What calls is closed before what it calls: a call to what is gone would be tried again for seconds.
  const closers: Array<() => Promise<unknown>> = [];
  t.after(async () => {
    for (const close of closers) await close();
  });
  const stand = await openStand(t, { folder, delays: { firstMs: 20, longestMs: 100 } });
  closers.unshift(stand.close);
  let webhook: Webhook;
  const functions = new LambdaFunctions(
    {
      webhook: { handler: (event: never) => webhook(event), timeoutSeconds: 55 },
      ...(options.pictures && {
        pictures: { handler: (event: never) => pictures(event), timeoutSeconds: 60 },
      }),
    },
    { log: (line) => t.diagnostic(line) },
  );
  const asynchronous = new AsyncInvocations({ functions, folder });
  const aws = await startAws({
    port: 0,
    folder,
    credentials,
    engine: faceEngine(options.recognizer ?? noRecognizer),
    media: () => undefined,
    functions: lambdaInvoker(functions, asynchronous),
  });
  closers.unshift(() => aws.close());
  // Or what failed would be tried again for a minute.
  closers.unshift(() => asynchronous.close());
  pointAtThisMachine(aws.url, stand.root);
  process.env.PARTY_TZ = 'Europe/Berlin';
  const secret = await provision(standToken);
  const log = keptLog();
  const build = (): Services => {
    const services = createServices(readConfig(process.env), {
      log,
      ...(options.clock && { clock: options.clock }),
      ...(options.pause && { pause: options.pause }),
    });
    return { ...services, ...options.instead?.(services) };
  };
  const services = build();
  webhook = createWebhook(services);
  const pictures = createPictures(services, chatOf({ stand, services }), stand.api);
  const urls = await startFunctionUrls({ functions, names: ['webhook'] });
  closers.unshift(() => urls.close());
  const webhookUrl = urls.url('webhook');
  if (transport() === 'webhook') await connectWebhook(stand.api, { url: webhookUrl, ...secret });
  else closers.unshift(await relayTo(webhookUrl, { stand, folder, secret }));
  const host = await stand.person('host');
  if (!options.unclaimed) {
    await host.say(host.bot, `/start ${secret.claimCode}`);
    await host.waitForMessage(({ text }) => text?.includes('1. Send me a photo') === true);
  }
  return {
    stand,
    services,
    secret,
    webhookUrl,
    logged: log.lines,
    host,
    restart: () => {
      webhook = createWebhook(build());
    },
  };
}

/** Long polling, as with the real Telegram on one machine. @returns what ends it */
async function relayTo(
  webhookUrl: string,
  { stand, folder, secret }: { readonly stand: Stand; readonly folder: string; readonly secret: BotSecret },
): Promise<() => Promise<unknown>> {
  const ending = new AbortController();
  const { done } = await startRelay({
    token: standToken,
    apiRoot: stand.root,
    webhookUrl,
    secretToken: secret.webhookSecret,
    offsetFile: join(folder, 'offset.json'),
    allowedUpdates,
    signal: ending.signal,
    firstDelayMs: 20,
  });
  return () => {
    ending.abort();
    return done;
  };
}

const noRecognizer: Recognizer = {
  find: () => Promise.reject(new Error('This house was opened without a recognizer.')),
  close: () => Promise.resolve(),
};

/** For waiting: a message whose text or caption fits. */
export function says(what: RegExp): (message: { text?: string; caption?: string }) => boolean {
  return ({ text, caption }) => what.test(text ?? caption ?? '');
}

/** The guests as `Anna 2`: the name, and how many photos there are. */
export async function guestsOf({ services }: Pick<BotHouse, 'services'>): Promise<string[]> {
  const guests = await services.guests.list();
  const photos = await Promise.all(guests.map(({ id }) => services.guests.photos(id)));
  return guests.map(({ name }, index) => `${name} ${photos[index]!.length}`);
}

/** What stands on the buttons under a message. */
export const labels = ({ reply_markup: markup }: Pick<PersonMessage, 'reply_markup'>): string[] =>
  markup && 'inline_keyboard' in markup ? markup.inline_keyboard.flat().map(({ text }) => text) : [];
