import { second } from '../clock.ts';
import type { Config } from '../config.ts';

/**
 * Three tries of two calls, one after the other, fit into the 55 s that the webhook lives: whoever asked hears that AWS
 * does not answer, before the function ends without a word. The SDK itself waits for ever.
 */
const usual = 6;

/** What every SDK client of the party is made with. */
export interface ClientOptions {
  readonly requestHandler: {
    /** Both in milliseconds. */
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    /** Or the SDK only writes a warning. */
    readonly throwOnRequestTimeout: true;
  };
}

/** How long clients wait for AWS, by the settings. */
export function clientOptions({
  CALL_TIMEOUT_SECONDS: seconds = usual,
}: Pick<Config, 'CALL_TIMEOUT_SECONDS'>): ClientOptions {
  const wait = seconds * second;
  return {
    requestHandler: { connectionTimeout: wait / 2, requestTimeout: wait, throwOnRequestTimeout: true },
  };
}
