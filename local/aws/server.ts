import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { isDiskFull } from '../disk/disk-full.ts';
import { type IncomingRequest, linger, type OutgoingResponse } from '../http/body.ts';
import { type HttpLimits, httpLimits } from '../http/limits.ts';
import { listenOnLoopback } from '../http/listen.ts';
import { checkHead } from './authentication.ts';
import { createBothVersionsServer, neverTimeOut } from './http-versions.ts';
import { AwsError } from './protocol/aws-error.ts';
import { diskFull } from './protocol/disk-full.ts';
import { jsonError } from './protocol/json-answer.ts';
import { isQuery, queryError } from './protocol/query-answer.ts';
import { refuseSignature } from './refusal.ts';
import { isLoopbackCaller, readHead, readWhole } from './request.ts';
import type { LocalRequest, LocalResponse, RequestHead, Service } from './service.ts';
import { type Credentials, SignatureError, signedFor, signedWith } from './signature.ts';

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

/** A call of a service, by somebody known. */
export interface SignedCall {
  /** What it was signed for: `rekognition`. */
  readonly service: string;
  /** Whose it was. */
  readonly accessKeyId: string;
  readonly request: LocalRequest;
  /** HTTP's. */
  readonly status: number;
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

  /** Answers a request; one that its head alone shows to be none of ours is answered before its body is read. */
  async function respond(
    raw: IncomingRequest,
    continueBody: () => void,
    gone: AbortSignal,
  ): Promise<LocalResponse> {
    if (!isLoopbackCaller(raw)) {
      return jsonError(new AwsError('AccessDeniedException', 'Ask for localhost or 127.0.0.1.', 403));
    }
    const head = readHead(raw);
    const service = serviceFor(head, services);
    if (!service) {
      const unknown = new AwsError(
        'UnknownOperationException',
        'No AWS service on this machine takes this.',
        404,
      );
      return isQuery(head) ? queryError(unknown) : jsonError(unknown);
    }
    const key = known.find(({ accessKeyId }) => accessKeyId === signedWith(head)) ?? known[0]!;
    let request: LocalRequest;
    try {
      // Clients follow the date of answers, but for their first call.
      const times = { now: now(), orNow: Date.now() };
      const checkBody = checkHead(head, key, { signingName: service.signingName, ...times });
      if (service.takesBodyAsItComes?.(head)) {
        checkBody(noBody);
        continueBody();
        neverTimeOut(raw);
        // A service that ends its answer early still has to be heard.
        request = { ...head, gone, body: noBody, stream: raw.iterator({ destroyOnReturn: false }) };
      } else {
        continueBody();
        request = { ...head, gone, body: await readWhole(raw, limits.requestTimeout) };
        checkBody(request.body);
      }
    } catch (error) {
      if (error instanceof SignatureError) return refuseSignature(error, service, head);
      if (error instanceof AwsError) return service.refuse?.(error, head) ?? jsonError(error);
      throw error;
    }
    const answer = await answerOf(service, request);
    const { accessKeyId } = key;
    onCall?.({ service: service.signingName, accessKeyId, request, status: answer.status });
    return answer;
  }

  async function answerOf(service: Service, request: LocalRequest): Promise<LocalResponse> {
    try {
      return await service.answer(request);
    } catch (error) {
      return failed(error, service, request);
    }
  }

  function failed(error: unknown, service: Service, request: LocalRequest): LocalResponse {
    if (error instanceof AwsError) return service.refuse?.(error, request) ?? jsonError(error);
    const full = isDiskFull(error);
    log(`${service.name}: ${describe(request)} failed: ${full ? 'the disk is full' : stackOf(error)}`);
    const failure = full ? diskFull(error) : failureOf(service);
    return service.refuse?.(failure, request) ?? jsonError(failure);
  }

  async function handle(
    raw: IncomingRequest,
    response: OutgoingResponse,
    continueBody: () => void,
  ): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const answer = await respond(raw, continueBody, gone.signal).catch((error: unknown) => {
      if (error instanceof AwsError) return jsonError(error);
      throw error;
    });
    if (response.destroyed || response.writableEnded) return;
    const { body: content = '' } = answer;
    response.statusCode = answer.status;
    response.setHeader('x-amzn-requestid', randomUUID());
    response.setHeader('date', new Date(now()).toUTCString());
    if (!isStreamed(content)) response.setHeader('content-length', Buffer.byteLength(content));
    // Of an answer to HEAD, the service says how long the body would be.
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
    if (isStreamed(content)) return await sendParts(content, raw, response);
    linger(raw, response);
    response.end(raw.method === 'HEAD' ? '' : content);
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

const noBody = Buffer.alloc(0);

type Parts = AsyncIterable<string | Buffer>;

const isStreamed = (body: string | Buffer | Parts): body is Parts =>
  typeof body !== 'string' && !Buffer.isBuffer(body);

/** Sends an answer part by part while the request may still come in. */
async function sendParts(parts: Parts, raw: IncomingRequest, response: OutgoingResponse): Promise<void> {
  const answer = response as ServerResponse;
  answer.flushHeaders();
  for await (const part of parts) {
    if (answer.destroyed) break;
    if (!answer.write(part)) await Promise.race([once(answer, 'drain'), once(answer, 'close')]);
  }
  raw.resume();
  linger(raw, response);
  answer.end();
}

/** The first that accepts a request; among them, one that it is signed for. */
function serviceFor(request: RequestHead, services: readonly Service[]): Service | undefined {
  const accepting = services.filter((candidate) => candidate.accepts(request));
  return accepting.find(({ signingName }) => signingName === signedFor(request)) ?? accepting[0];
}

function failureOf({ name }: Service): AwsError {
  return new AwsError('InternalFailure', `${name} failed on this machine; its log says why.`, 500);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Says which call it was, and nothing that was in it. */
function describe(request: LocalRequest): string {
  return String(request.headers['x-amz-target'] ?? `${request.method} ${request.url.pathname}`);
}
