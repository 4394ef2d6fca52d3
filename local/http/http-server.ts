import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { PortTakenError } from '../aws/server.ts';

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
 * @throws PortTakenError
 */
export async function startHttpServer(port: number, app: Hono): Promise<HttpServer> {
  let current = app;
  const server = createAdaptorServer({ fetch: (request, env) => current.fetch(request, env) }) as Server;
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PortTakenError(port, { cause });
    throw cause;
  }
  const { port: listening } = server.address() as AddressInfo;
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
