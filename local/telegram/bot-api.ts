import { once } from 'node:events';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Body, BodyTooLarge, BodyUnreadable, readBody } from './body.ts';
import { BotApiError } from './errors.ts';
import { type Fault, faultAnswer } from './faults.ts';
import { fileResponse } from './file-response.ts';
import { Described } from './methods/call.ts';
import { methodNamed } from './methods/index.ts';
import { Params } from './methods/params.ts';
import type { Telegram } from './telegram.ts';

/** A file that a bot uploads (Bot API, *Sending files*), and a whole request. */
const maxUploadBytes = 50 * 1024 * 1024;
const maxRequestBytes = maxUploadBytes + 1024 * 1024;

type BotContext = Context<{ Bindings: Partial<HttpBindings> }>;

/** The Bot API: `/bot<token>/<method>` and `/file/bot<token>/<file_path>`; deliveries to the webhook begin. */
export function botApi(telegram: Telegram): Hono<{ Bindings: Partial<HttpBindings> }> {
  const app = new Hono<{ Bindings: Partial<HttpBindings> }>();
  telegram.webhook.start(async ({ method, ...fields }) => {
    const body = { fields: new Map(Object.entries(fields)), files: new Map() };
    // What a webhook answers with is run without an answer, so nobody hears of what it does wrong.
    await run(telegram, String(method), body, telegram.ending).catch(() => undefined);
  });

  app.all('/:bot{bot[^/]+}/:method', async (context) => {
    if (context.req.param('bot') !== `bot${telegram.token}`) return answerError(context, 401, 'Unauthorized');
    const method = context.req.param('method');
    const fault = telegram.faults.take(method);
    if (fault === undefined) return answer(context, telegram, method);
    if ('status' in fault) return context.json(faultAnswer(fault), fault.status as ContentfulStatusCode);
    const moment = 'cut' in fault ? fault.cut : fault.hang;
    if (moment === 'after') await answer(context, telegram, method);
    return leaveUnanswered(context, fault, telegram.ending);
  });

  app.get('/file/:bot{bot[^/]+}/:path{.+}', async (context) => {
    if (context.req.param('bot') !== `bot${telegram.token}`) return answerError(context, 401, 'Unauthorized');
    const file = telegram.files.atPath(context.req.param('path'));
    if (file === undefined) return answerError(context, 404, 'Not Found');
    return fileResponse(telegram.files.place(file), file.mime_type, context.req.header('range'));
  });

  return app;
}

async function answer(context: BotContext, telegram: Telegram, method: string): Promise<Response> {
  try {
    const body = await readBody(context.req.raw, maxRequestBytes);
    const result = await run(telegram, method, body, context.req.raw.signal);
    if (!(result instanceof Described)) return context.json({ ok: true, result });
    return context.json({ ok: true, result: result.result, description: result.description });
  } catch (error) {
    if (error instanceof BotApiError) {
      const { code, message, parameters } = error;
      return answerError(context, code, message, parameters === undefined ? {} : { parameters });
    }
    if (error instanceof BodyTooLarge) return answerError(context, 413, 'Request Entity Too Large');
    if (error instanceof BodyUnreadable)
      return answerError(context, 400, "Bad Request: can't parse the request body");
    telegram.onError(error);
    return answerError(context, 500, 'Internal Server Error');
  }
}

async function run(telegram: Telegram, name: string, body: Body, signal: AbortSignal): Promise<unknown> {
  const method = methodNamed(name);
  if (method === undefined) throw new BotApiError(404, 'Not Found: method not found');
  for (const file of body.files.values()) {
    if (file.bytes.length > maxUploadBytes) throw new BodyTooLarge('One file is over 50 MB.');
  }
  const params = new Params(body);
  telegram.limiter.count(name, params.text('chat_id'));
  return method({ telegram, params, signal });
}

function answerError(context: BotContext, code: number, description: string, more: object = {}): Response {
  return context.json({ ok: false, error_code: code, description, ...more }, code as ContentfulStatusCode);
}

/** Keeps the caller waiting until it gives up or Telegram closes, or cuts it off now. */
async function leaveUnanswered(context: BotContext, fault: Fault, ending: AbortSignal): Promise<Response> {
  const { outgoing } = context.env;
  if ('hang' in fault && outgoing !== undefined && !outgoing.destroyed) {
    await once(outgoing, 'close', { signal: ending }).catch(() => undefined);
  }
  outgoing?.destroy();
  return context.body(null, 502);
}
