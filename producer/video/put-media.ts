import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { second } from '../../party/clock.ts';
import { type Acknowledgement, AcknowledgementReader } from './acknowledgement.ts';
import { PutMediaError } from './put-media-error.ts';
import { type PutMediaRequest, putMediaRequest } from './put-media-request.ts';

/** How an upload is listened to, and how long it waits. */
export interface PutMediaOptions {
  readonly onAcknowledgement: (acknowledgement: Acknowledgement, from: PutMedia) => void;
  /** How long the service may take to answer, milliseconds. */
  readonly patience?: number;
}

/** As AWS's own producer: its connection time-out, milliseconds. */
const usualPatience = 5 * second;

/** An answer that tells of an error is not longer; bytes. */
const longestError = 16_384;

/**
 * One connection of PutMedia: Matroska out, in chunks as it comes, acknowledgements in. It has no memory: who wants to
 * send again what was not acknowledged keeps it.
 */
export class PutMedia {
  readonly #request: ClientRequest;
  /** Resolves when the connection is over: to why, or to undefined when it ended in order. */
  readonly closed: Promise<PutMediaError | undefined>;
  #close!: (error: PutMediaError | undefined) => void;
  #isClosed = false;
  #error: PutMediaError | undefined;

  private constructor(request: ClientRequest) {
    this.#request = request;
    this.closed = new Promise((resolve) => {
      this.#close = (error) => {
        if (this.#isClosed) return;
        this.#isClosed = true;
        this.#error = error;
        resolve(error);
      };
    });
  }

  /**
   * Opens a connection; the service has not refused it when this resolves, and may still do so.
   *
   * @throws {PutMediaError}
   */
  static async open(upload: PutMediaRequest, options: PutMediaOptions): Promise<PutMedia> {
    const head = await putMediaRequest(upload);
    // A connection of its own, for it lasts; and it is never used again.
    const make = head.protocol === 'https:' ? https.request : http.request;
    const request = make({ ...head, agent: false });
    const connection = new PutMedia(request);
    const { patience = usualPatience, onAcknowledgement } = options;
    request.on('error', (error) => connection.#lost(error));
    request.once('close', () => connection.#lost(new Error('the connection was closed')));
    await new Promise<void>((resolve) => {
      // Who waits for `100-continue` in vain sends its body all the same (RFC 9110, 10.1.1).
      const late = setTimeout(() => {
        if (request.socket?.connecting === false) resolve();
        else connection.#lost(new Error(`no answer within ${patience} ms`));
      }, patience);
      const settled = () => {
        clearTimeout(late);
        resolve();
      };
      void connection.closed.then(settled);
      request.once('continue', settled);
      request.once('response', (response) => {
        connection.#answered(response, onAcknowledgement);
        if (response.statusCode === 200) settled();
      });
      request.flushHeaders();
    });
    request.socket?.setNoDelay(true);
    connection.throwIfClosed();
    return connection;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Sends bytes; resolves when more may be sent. @throws {PutMediaError} when the connection is over */
  async write(bytes: Uint8Array): Promise<void> {
    this.throwIfClosed();
    if (this.#request.write(bytes)) return;
    await Promise.race([
      new Promise<void>((resolve) => {
        this.#request.once('drain', resolve);
      }),
      this.closed,
    ]);
    this.throwIfClosed();
  }

  /**
   * Ends the body and waits for the last acknowledgements.
   *
   * @param patience for so many milliseconds; then the connection is broken off
   */
  async end(patience: number): Promise<void> {
    if (!this.#isClosed) this.#request.end();
    const late = setTimeout(() => this.destroy(), patience);
    await this.closed;
    clearTimeout(late);
  }

  /** Breaks the connection off. @param why for who still sends */
  destroy(why?: PutMediaError): void {
    if (why) this.#finish(why);
    else this.#lost(new Error('it was broken off'));
  }

  /** @throws {PutMediaError} */
  throwIfClosed(): void {
    if (this.#isClosed)
      throw this.#error ?? new PutMediaError('ConnectionLost', 'The service has ended the connection.');
  }

  #answered(response: IncomingMessage, onAcknowledgement: PutMediaOptions['onAcknowledgement']): void {
    response.on('error', (error) => this.#lost(error));
    if (response.statusCode !== 200) {
      void this.#refused(response);
      return;
    }
    const reader = new AcknowledgementReader();
    response.on('data', (chunk: Buffer) => {
      for (const acknowledgement of reader.take(chunk)) onAcknowledgement(acknowledgement, this);
    });
    response.once('end', () => {
      const isOver = this.#request.writableEnded;
      this.#finish(
        isOver ? undefined : new PutMediaError('ConnectionLost', 'The service has ended the connection.'),
      );
    });
  }

  /** What a refusal says, in the JSON that all of AWS's services of this kind answer with. */
  async #refused(response: IncomingMessage): Promise<void> {
    let body = '';
    try {
      for await (const chunk of response) {
        body += String(chunk);
        if (body.length > longestError) break;
      }
    } catch {
      // A part of it will do.
    }
    const [name = ''] = String(response.headers['x-amzn-errortype'] ?? '').split(':');
    const status = response.statusCode ?? 0;
    const [, message = `HTTP ${status}`] = /"[Mm]essage"\s*:\s*"([^"]*)"/.exec(body) ?? [];
    this.#finish(new PutMediaError(name || 'UnknownError', message, status));
  }

  #lost(cause: Error): void {
    this.#finish(
      new PutMediaError('ConnectionLost', `The connection was lost: ${cause.message}`, undefined, { cause }),
    );
  }

  #finish(error: PutMediaError | undefined): void {
    this.#close(error);
    this.#request.destroy();
  }
}
