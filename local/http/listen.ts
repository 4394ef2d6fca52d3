import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** Another program listens on the port. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly port: number;

  constructor(port: number, options?: ErrorOptions) {
    super(`Port ${port} is taken by another program. Stop it, or choose another port.`, options);
    this.port = port;
  }
}

/**
 * Lets a server listen on a port of the loopback interface, and on no other: nothing here is for the network.
 *
 * @param port 0 for any free one
 * @returns the port that it listens on
 * @throws PortTakenError
 */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PortTakenError(port, { cause });
    throw cause;
  }
  return (server.address() as AddressInfo).port;
}
