import type { BotSecret } from '../stores/secret.ts';
import { newWebhookKey } from './webhook-signature.ts';

/**
 * The secret of a house that posts arrivals to an address, or nowhere. The key is made with the first address, and stays:
 * what checks it need not be changed with the address.
 */
export function secretWithWebhook(secret: BotSecret, address: string | undefined): BotSecret {
  const { arrivalWebhook: _, ...rest } = secret;
  if (address === undefined) return rest;
  const { arrivalWebhookKey = newWebhookKey() } = secret;
  return { ...rest, arrivalWebhook: address, arrivalWebhookKey };
}
