import { once } from 'node:events';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { type HttpLimits, httpLimits } from './limits.ts';
import { listenOnLoopback } from './listen.ts';

/** A web app on a loopback port; what it serves can be replaced while it listens. */
export interface HttpServer {
  readonly url: string;
  readonly port: number;
  /** From now on, requests go to this app. */
  serve(app: Hono): void;
  close(): Promise<void>;
}

/**
 * @param port 0 for any free one
 * @param app what is served until `serve` is called
 * @param limits how long callers may take
 * @throws PortTakenError
 */
export async function startHttpServer(
  port: number,
  app: Hono,
  limits: HttpLimits = httpLimits,
): Promise<HttpServer> {
  let current = app;
  const server = createAdaptorServer({
    fetch: (request, env) => current.fetch(request, env),
    serverOptions: { ...limits },
  }) as Server;
  const listening = await listenOnLoopback(server, port);
  return {
    url: `http://127.0.0.1:${listening}`,
    port: listening,
    serve(next) {
      current = next;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
