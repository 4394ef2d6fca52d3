import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** A connection on which a test sends what it likes, when it likes; it is destroyed when the test ends. */
export interface OpenSocket {
  readonly socket: Socket;
  /** All that came, so far. */
  received(): Buffer;
  /** Settles when the other side has ended it. */
  readonly closed: Promise<void>;
}

/** Connects to a port of this machine, and sends these bytes. */
export async function openSocket(
  t: Pick<TestContext, 'after'>,
  port: number,
  bytes: string | Uint8Array = '',
): Promise<OpenSocket> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  t.after(() => socket.destroy());
  const closed = new Promise<void>((resolve) => {
    socket.once('end', resolve);
    socket.once('close', resolve);
  });
  await once(socket, 'connect');
  if (bytes.length > 0) socket.write(bytes);
  return { socket, received: () => Buffer.concat(chunks), closed };
}
