import { createHmac, randomBytes } from 'node:crypto';
import { second } from '../clock.ts';

const prefix = 'whsec_';

/** A key to sign with, as Standard Webhooks writes one down. */
export const newWebhookKey = (): string => `${prefix}${randomBytes(32).toString('base64')}`;

/**
 * The headers by which a receiver knows who sent a body, when, and whether it had it before: those of Standard Webhooks
 * 1.0.0 (standardwebhooks.com), for which there are libraries in most languages.
 *
 * @param id the same for each try
 * @param key from {@link newWebhookKey}
 * @param now milliseconds since 1970
 */
export function signatureHeaders(
  id: string,
  body: string,
  key: string,
  now: number,
): Readonly<Record<string, string>> {
  const time = String(Math.floor(now / second));
  const signature = createHmac('sha256', Buffer.from(key.slice(prefix.length), 'base64'))
    .update(`${id}.${time}.${body}`)
    .digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': `v1,${signature}` };
}
