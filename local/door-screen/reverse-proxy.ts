import { randomBytes } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import { notFound as nothingHere } from '../../lambdas/door-screen/answers.ts';
import { httpLimits } from '../http/limits.ts';
import { listenAt } from '../http/listen.ts';
import { addressBelow } from './address-below.ts';

/** What is behind the proxy. */
export interface Behind {
  /** The door function's URL; ends with a slash. */
  readonly functionUrl: string;
  /** AWS on this machine, of which presigned objects of this bucket are got. */
  readonly awsUrl: string;
  readonly bucket: string;
}

/** The door screen's own port. */
export interface DoorServer {
  /** Ends with a slash. */
  readonly url: string;
  /** Where objects are reached by their presigned addresses. */
  readonly objectsUrl: string;
  close(): Promise<void>;
}

/**
 * What a presigned GET asks for, and nothing besides ("Authenticating requests: using query parameters", S3). The last
 * two are the SDK's.
 */
const presigned: ReadonlySet<string> = new Set([
  ...['Algorithm', 'Content-Sha256', 'Credential', 'Date', 'Expires', 'Signature', 'SignedHeaders'].map(
    (name) => `X-Amz-${name}`,
  ),
  ...['x-amz-checksum-mode', 'x-id'],
]);

/** More devices than that are not at one door. */
const mostConnections = 64;

/** What of a browser's request goes on: nothing by which it could ask for more than the page and its objects. */
const passedOn = ['range', 'if-range', 'user-agent'] as const;

/** What of an object's answer goes back. */
const ofObjects = [
  'content-type',
  'content-length',
  'content-range',
  'accept-ranges',
  'last-modified',
  'etag',
];

/** An object is nothing but what a page shows or plays: opened by itself, it may do nothing. */
const objectsAreInert = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
};

/**
 * Serves the door screen on an address of this machine, and nothing else: what is below a token is the door function's
 * to answer, and a single object below `objectsUrl` is got from S3, if it is signed for. To all else it answers 404.
 *
 * That an object is signed for says nothing of a stranger here: the keys of AWS on this machine are everybody's. So there
 * is a secret in `objectsUrl`, another one at each start, which only those see who are told of objects.
 *
 * @param port 0 for any free one
 * @throws PortTakenError
 */
export async function startDoorServer(
  { functionUrl, awsUrl, bucket }: Behind,
  { address, port }: { readonly address: string; readonly port: number },
): Promise<DoorServer> {
  const objects = `/objects/${randomBytes(32).toString('base64url')}`;
  const bucketPath = `${objects}/${bucket}/`;
  const bucketUrl = `${awsUrl}/${bucket}/`;
  const server = createServer({ ...httpLimits }, (incoming, response) => {
    const { method, url: target = '/', headers } = incoming;
    // A name that was pointed at this machine (DNS rebinding) is no address of it.
    if (method !== 'GET' || headers.host !== host) return notFound(response);
    if (target.startsWith(bucketPath)) {
      const url = addressBelow(bucketUrl, target.slice(bucketPath.length));
      if (!url || !isPresignedObject(url, bucketUrl)) return notFound(response);
      return pass(incoming, response, url, (answer) =>
        isObject(answer) ? { ...picked(answer.headers), ...objectsAreInert } : undefined,
      );
    }
    if (/^\/[\w-]{43}(\/|$)/.test(target)) {
      const url = addressBelow(functionUrl, target.slice(1));
      return url
        ? pass(incoming, response, url, (answer) => withoutConnection(answer.headers))
        : notFound(response);
    }
    notFound(response);
  });
  server.maxConnections = mostConnections;
  const listening = await listenAt(server, address, port);
  const host = `${address}:${listening}`;
  return {
    url: `http://${host}/`,
    objectsUrl: `http://${host}${objects}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

const isPresignedObject = ({ href, searchParams }: URL, bucketUrl: string): boolean =>
  // Not the bucket itself, which would list its objects.
  !href.startsWith(`${bucketUrl}?`) &&
  searchParams.has('X-Amz-Signature') &&
  [...searchParams.keys()].every((name) => presigned.has(name));

const isObject = ({ statusCode = 0 }: IncomingMessage): boolean => [200, 206, 416].includes(statusCode);

/**
 * Asks what is behind, and hands its answer on.
 *
 * @param headersOf what goes back of it; undefined for an answer that nobody is to see
 */
function pass(
  incoming: IncomingMessage,
  response: ServerResponse,
  url: URL,
  headersOf: (answer: IncomingMessage) => IncomingHttpHeaders | Record<string, string> | undefined,
): void {
  const headers = Object.fromEntries(
    passedOn.flatMap((name) =>
      incoming.headers[name] === undefined ? [] : [[name, incoming.headers[name]]],
    ),
  );
  // A connection of its own: one that is kept could be closed by what ends behind.
  const asked = request(url, { headers, agent: false }, (answer) => {
    const answered = headersOf(answer);
    if (!answered) {
      answer.resume();
      return notFound(response);
    }
    response.writeHead(answer.statusCode ?? 502, answered);
    answer.pipe(response);
  });
  asked.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  // Nobody waits any more.
  response.on('close', () => asked.destroy());
  asked.end();
}

/** As the function answers, to the last header: a stranger does not learn which of the two it was. */
function notFound(response: ServerResponse): void {
  const { statusCode, headers, body } = nothingHere;
  response.writeHead(statusCode, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

const picked = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    ofObjects.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  );

function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...rest } = headers;
  return rest;
}
