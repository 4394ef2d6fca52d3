import { type ClientOptions, clientOptions } from '../party/stores/call-timeout.ts';

/** Longer than the house's own Lambdas wait: nobody at the door waits for this, and a line at home may be slow. */
const usual = 30;

/**
 * What every SDK client of the commands is made with: the SDK itself would wait for an answer for ever, and a command
 * without a word with it.
 */
export const callOptions = (): ClientOptions =>
  clientOptions({ CALL_TIMEOUT_SECONDS: Number(process.env.CALL_TIMEOUT_SECONDS) || usual });
