import type { Clock } from '../clock.ts';
import { second } from '../clock.ts';
import { NotSentError } from '../errors.ts';
import { signatureHeaders } from './webhook-signature.ts';

/**
 * How long a receiver may take to answer, in milliseconds. The next guests wait as long, once: then nothing is posted for
 * {@link pausesFor}.
 */
const answersWithin = 5 * second;

/** How long nothing is posted after a failure, in milliseconds. */
export const pausesFor = 30 * second;

/** Where arrivals are posted to, and how they are signed. */
export interface WebhookSettings {
  readonly address: string;
  readonly key: string;
  readonly now: Clock;
  /** How long it may take to answer, in milliseconds; {@link answersWithin} if not given. */
  readonly timeout?: number;
}

/** The receiver of arrivals that a host has named: a home automation, or any other program. */
export class ArrivalWebhook {
  readonly #settings: WebhookSettings;

  constructor(settings: WebhookSettings) {
    this.#settings = settings;
  }

  /**
   * Posts a JSON document, signed. Returns once it was taken; what the receiver answers besides is not read, and where it
   * sends us is not followed: the signature is for nobody else.
   *
   * @param id the same for each try
   * @throws NotSentError when it surely was not taken. Any other error leaves that open. None has the address in it
   */
  async post(id: string, document: object): Promise<void> {
    const { address, key, now, timeout = answersWithin } = this.#settings;
    const body = JSON.stringify(document);
    const status = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signatureHeaders(id, body, key, now()) },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    }).then(statusOf, (error: unknown) => {
      throw this.#failure(error);
    });
    if (status >= 200 && status < 300) return;
    const why = `ARRIVAL_WEBHOOK answered ${status}.`;
    // Whoever answers so may have done something before it failed; or stand before somebody who has.
    if (status >= 500) throw new Error(why);
    throw new NotSentError(why, now() + pausesFor);
  }

  #failure(error: unknown): Error {
    const { now } = this.#settings;
    const code = codeOf(error);
    const why = `ARRIVAL_WEBHOOK could not be reached: ${code}.`;
    return beforeSending.test(code) ? new NotSentError(why, now() + pausesFor) : new Error(why);
  }
}

/** No name, no way, nobody there, or nobody who can prove who they are: nothing was sent. */
const beforeSending =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_CERT.*|.*SELF_SIGNED.*|UNABLE_TO_.*)$/;

/** Of an error of fetch's only the code: its words have the host in them. */
function codeOf(error: unknown): string {
  const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : (name ?? 'unknown');
}

async function statusOf(response: Response): Promise<number> {
  await response.body?.cancel();
  return response.status;
}
