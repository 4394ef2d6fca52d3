import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of the function, as its runtime is handed it. */
export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  /** The event in JSON. */
  readonly event: string;
}

/** What the runtime reports: an answer in JSON, or an error as it writes it (Lambda runtime API, "Invocation error"). */
export type Report =
  | { readonly kind: 'answer'; readonly requestId: string; readonly payload: string }
  | { readonly kind: 'error'; readonly requestId: string; readonly payload: string }
  | { readonly kind: 'init error'; readonly payload: string }
  /** It waits for the next invocation: on Lambda, it is frozen now. */
  | { readonly kind: 'idle' };

/** The runtime API of one execution environment. */
export interface RuntimeApi {
  /** What `AWS_LAMBDA_RUNTIME_API` says. */
  readonly address: string;
  /** Hands the invocation to the runtime that waits for it. */
  hand(invocation: Invocation): void;
  close(): Promise<void>;
}

const root = '/2018-06-01/runtime';
const reported = new RegExp(`^${root}/invocation/([^/]+)/(response|error)$`);

/**
 * The HTTP API by which a runtime asks Lambda for its work (Lambda developer guide, "Using the Lambda runtime API").
 *
 * @param told what the runtime reports, in its order
 */
export async function startRuntimeApi(told: (report: Report) => void): Promise<RuntimeApi> {
  let waiting: ServerResponse | undefined;
  const server = createServer(async (request, response) => {
    const { method, url = '' } = request;
    if (method === 'GET' && url === `${root}/invocation/next`) {
      waiting = response;
      told({ kind: 'idle' });
      return;
    }
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    const payload = Buffer.concat(body).toString('utf8');
    const [, requestId, kind] = reported.exec(url) ?? [];
    const isInit = url === `${root}/init/error`;
    response.writeHead(method === 'POST' && (requestId || isInit) ? 202 : 404).end();
    if (isInit) told({ kind: 'init error', payload });
    else if (requestId) told({ kind: kind === 'response' ? 'answer' : 'error', requestId, payload });
  });
  // An environment that waits for work may be asked again after an hour.
  Object.assign(server, { keepAliveTimeout: 0, requestTimeout: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    hand({ requestId, functionArn, deadline, event }) {
      waiting?.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': requestId,
        'lambda-runtime-deadline-ms': String(deadline),
        'lambda-runtime-invoked-function-arn': functionArn,
      });
      waiting?.end(event);
      waiting = undefined;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
