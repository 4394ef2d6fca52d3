import type { CameraFailure } from './camera-error.ts';

/** Why a camera did not send its video. */
export interface Refusal {
  readonly failure: CameraFailure;
  /** The number of its answer. */
  readonly status: number;
}

/** The kinds of login that FFmpeg's RTSP client knows, as a camera offers them in `WWW-Authenticate` (RFC 7616). */
const isKnownLogin = (offer: string): boolean => {
  if (/^basic\b/i.test(offer)) return true;
  const [, algorithm = 'MD5'] = /\balgorithm="?([\w-]+)/i.exec(offer) ?? [];
  return /^digest\b/i.test(offer) && /^MD5(-sess)?$/i.test(algorithm);
};

/** Which failure an answer is. The numbers are those of RFC 2326, 7.1.1. */
const failures: Readonly<Record<number, CameraFailure>> = {
  401: 'refused',
  403: 'refused',
  404: 'missing',
  // "Not Enough Bandwidth" and "Service Unavailable": what cameras say when they serve as many as they can.
  453: 'busy',
  461: 'transport',
  503: 'busy',
};

/**
 * Reads from what FFmpeg logs how a camera answered: of a refusal the error itself keeps hardly more than the first
 * digit, and of a connection that broke off not whether there was one. Only numbers and the names of login kinds are
 * taken from the log; the rest may hold a password.
 */
export class AnswerLog {
  #status: number | undefined;
  #logins: string[] = [];
  #isConnected = false;
  #hasDescribed = false;

  /** Takes what FFmpeg logged, of the level "debug" and graver. */
  take(logged: string): void {
    if (logged.startsWith('Successfully connected')) this.#isConnected = true;
    if (logged.startsWith('SDP:')) this.#hasDescribed = true;
    const [, status] = /^method \w+ failed: (\d{3})\b/.exec(logged) ?? [];
    if (status !== undefined) {
      // The answer in full comes next.
      this.#status = Number(status);
      this.#logins = [];
    }
    for (const [, offer] of logged.matchAll(/^WWW-Authenticate: *(.+?)\r?$/gim)) this.#logins.push(offer!);
  }

  /** Whether somebody took the connection. */
  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Whether the camera said what it sends. */
  get hasDescribed(): boolean {
    return this.#hasDescribed;
  }

  /** The last refusal; undefined when nothing was refused. */
  get refusal(): Refusal | undefined {
    const status = this.#status;
    if (status === undefined) return undefined;
    if (status === 401 && this.#logins.length > 0 && !this.#logins.some(isKnownLogin)) {
      return { failure: 'unknown login', status };
    }
    return { failure: failures[status] ?? 'declined', status };
  }
}
