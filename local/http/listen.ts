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
 * Lets a server listen on a port of the loopback interface, and on no other: all but the door screen is for no network.
 *
 * @param port 0 for any free one
 * @returns the port that it listens on
 * @throws PortTakenError
 */
export const listenOnLoopback = (server: Server, port: number): Promise<number> =>
  listenAt(server, '127.0.0.1', port);

/**
 * Lets a server listen on a port of one of this machine's addresses.
 *
 * @param port 0 for any free one
 * @returns the port that it listens on
 * @throws PortTakenError
 */
export async function listenAt(server: Server, address: string, port: number): Promise<number> {
  try {
    server.listen(port, address);
    await once(server, 'listening');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PortTakenError(port, { cause });
    throw cause;
  }
  return (server.address() as AddressInfo).port;
}
