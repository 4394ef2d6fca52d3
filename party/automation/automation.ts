import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { type PresignedAddresses, presignedAddresses } from '../stores/presigned.ts';
import type { BotSecret } from '../stores/secret.ts';
import { ArrivalWebhook } from './arrival-webhook.ts';

/** What arrivals are posted with. */
export interface Automation {
  readonly receiver: Pick<ArrivalWebhook, 'post'>;
  readonly addresses: Pick<PresignedAddresses, 'of'>;
}

/** Builds it from the secret. @returns undefined when arrivals are posted nowhere */
export function createAutomation(
  { arrivalWebhook: address, arrivalWebhookKey: key }: BotSecret,
  { BUCKET_NAME, S3_PUBLIC_ROOT }: Config,
  now: Clock,
): Automation | undefined {
  if (address === undefined || key === undefined) return undefined;
  return {
    receiver: new ArrivalWebhook({ address, key, now }),
    addresses: presignedAddresses(BUCKET_NAME, S3_PUBLIC_ROOT),
  };
}
