import type { WebhookInfo } from 'grammy/types';
import { isLoopbackHost } from '../../http/loopback.ts';
import type { Subscription, UpdateKind } from '../delivery/updates.ts';
import { badRequest } from '../errors.ts';
import { type Call, Described, type Method } from './call.ts';

const defaultConnections = 40;
const maxConnections = 100;
const maxUpdates = 100;
const longestPollS = 50;

/** The kinds asked for; undefined leaves them as they were, an empty list asks for the usual ones. */
function allowedUpdates({ params }: Call): UpdateKind[] | undefined {
  const kinds = params.json('allowed_updates');
  if (kinds === undefined) return undefined;
  if (!Array.isArray(kinds)) throw badRequest("can't parse allowed_updates: expected an Array of String");
  return kinds.map(String) as UpdateKind[];
}

/** The address of a webhook: this machine's only, so that no update of a trial ever leaves it. */
function checkUrl(text: string): string {
  if (!URL.canParse(text)) throw badRequest('bad webhook: invalid URL specified');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw badRequest('bad webhook: an HTTPS URL must be provided for webhook');
  }
  if (!isLoopbackHost(url.hostname))
    throw badRequest('bad webhook: only an address on this machine can be set here');
  return text;
}

function checkSecret(secret: string | undefined): { secret_token?: string } {
  if (secret === undefined || secret === '') return {};
  if (secret.length > 256) throw badRequest('secret token is too long');
  if (!/^[A-Za-z0-9_-]+$/.test(secret)) throw badRequest('secret token contains unallowed characters');
  return { secret_token: secret };
}

function dropPending({ telegram, params }: Call): void {
  if (params.flag('drop_pending_updates')) telegram.updates.taken(telegram.updates.pending());
}

function setWebhook(call: Call): unknown {
  const { telegram, params } = call;
  const url = params.text('url') ?? '';
  if (url === '') return deleteWebhook(call);
  const before = telegram.updates.subscription;
  const connections = params.whole('max_connections') ?? defaultConnections;
  const allowed = allowedUpdates(call) ?? before.allowed_updates;
  const next: Subscription = {
    url: checkUrl(url),
    ...checkSecret(params.text('secret_token')),
    max_connections: Math.min(Math.max(connections, 1), maxConnections),
    ...(allowed === undefined ? {} : { allowed_updates: allowed }),
  };
  dropPending(call);
  telegram.updates.subscribe(next);
  telegram.polling.end();
  telegram.webhook.startAfresh();
  return new Described(true, before.url === url ? 'Webhook is already set' : 'Webhook was set');
}

function deleteWebhook(call: Call): unknown {
  const { telegram } = call;
  const { url, allowed_updates } = telegram.updates.subscription;
  dropPending(call);
  const kept = allowed_updates === undefined ? {} : { allowed_updates };
  telegram.updates.subscribe({ url: '', max_connections: defaultConnections, ...kept });
  return new Described(true, url === '' ? 'Webhook is already deleted' : 'Webhook was deleted');
}

function getWebhookInfo({ telegram }: Call): WebhookInfo {
  const { url, max_connections, allowed_updates, last_error_date, last_error_message } =
    telegram.updates.subscription;
  return {
    url,
    has_custom_certificate: false,
    pending_update_count: telegram.updates.pending().length,
    ...(url === '' ? {} : { max_connections, ip_address: '127.0.0.1' }),
    ...(allowed_updates?.length ? { allowed_updates: [...allowed_updates] } : {}),
    ...(last_error_date === undefined ? {} : { last_error_date }),
    ...(last_error_message === undefined ? {} : { last_error_message }),
  };
}

function getUpdates(call: Call): unknown {
  const { telegram, params, signal } = call;
  const allowed = allowedUpdates(call);
  const { subscription } = telegram.updates;
  if (allowed !== undefined && subscription.url === '') {
    telegram.updates.subscribe({ ...subscription, allowed_updates: allowed });
  }
  const seconds = Math.min(Math.max(params.whole('timeout') ?? 0, 0), longestPollS);
  return telegram.polling.poll({
    offset: params.whole('offset') ?? 0,
    limit: Math.min(Math.max(params.whole('limit') ?? maxUpdates, 1), maxUpdates),
    timeoutMs: seconds * 1000,
    signal: AbortSignal.any([signal, telegram.ending]),
  });
}

/** How the bot gets its updates. */
export const updateMethods: Readonly<Record<string, Method>> = {
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  getUpdates,
};
