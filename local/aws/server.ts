import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { IncomingRequest, OutgoingResponse } from '../http/body.ts';
import { type HttpLimits, httpLimits } from '../http/limits.ts';
import { listenOnLoopback } from '../http/listen.ts';
import { answerRequest, type SignedCall, stackOf } from './answer-request.ts';
import { createBothVersionsServer } from './http-versions.ts';
import { AwsError } from './protocol/aws-error.ts';
import { jsonError } from './protocol/json-answer.ts';
import type { Service } from './service.ts';
import type { Credentials } from './signature.ts';
import { writeAnswer } from './write-answer.ts';

/** AWS on this machine, as it runs. */
export interface LocalAws {
  /** What goes into `AWS_ENDPOINT_URL`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

/** What the AWS port is made of. */
export interface AwsServerOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** The first that accepts a request answers it. */
  readonly services: readonly Service[];
  /** The keys that are known: one pair, or several, so that it can be told who called. */
  readonly credentials: Credentials | readonly Credentials[];
  /** Told each call that was signed by somebody known, with how it was answered. */
  readonly onCall?: (call: SignedCall) => void;
  /** Takes a line about each fault of ours; standard error by default. Never given a body, query or header. */
  readonly log?: (line: string) => void;
  /** How long callers may take; `httpLimits` by default. */
  readonly limits?: HttpLimits;
  /** The clock, milliseconds since 1970; the machine's when not given. Answers are dated by it. */
  readonly now?: () => number;
}

/**
 * Serves AWS services on one loopback port, over HTTP/1.1 and over HTTP/2 with prior knowledge (which the
 * Kinesis client speaks). Every request must come from this machine, name it in its Host header, and be signed.
 * @throws PortTakenError
 */
export async function startAwsServer(options: AwsServerOptions): Promise<LocalAws> {
  const {
    services,
    onCall,
    limits = httpLimits,
    now = Date.now,
    log = (line) => console.error(line),
  } = options;
  const known = [options.credentials].flat();
  const answering = { services, known, onCall, log, now, bodyTimeout: limits.requestTimeout };

  async function handle(
    raw: IncomingRequest,
    response: OutgoingResponse,
    continueBody: () => void,
  ): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const request = { raw, continueBody, gone: gone.signal };
    const answer = await answerRequest(request, answering).catch((error: unknown) => {
      if (error instanceof AwsError) return jsonError(error);
      throw error;
    });
    if (response.destroyed || response.writableEnded) return;
    await writeAnswer(answer, raw, response, new Date(now()));
  }

  const sockets = new Set<Socket>();
  const server = createBothVersionsServer((request, response, continueBody) => {
    handle(request, response, continueBody).catch((error: unknown) => {
      // A client that went away in the middle of its request is no fault of anyone.
      if (request.complete) log(`AWS port: a request could not be answered: ${stackOf(error)}`);
      (response as ServerResponse).destroy();
    });
  }, limits);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await listenOnLoopback(server, options.port);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
