import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line to a port of this machine that can be cut. */
export interface BrokenLine {
  readonly url: string;
  /** How many connections there were. */
  readonly connections: number;
  /** The next connections break off after so many bytes each. */
  breakAfter(...bytes: number[]): void;
  /** Ends all connections that there are. */
  cut(): void;
  /** Nobody answers, or somebody does again. */
  setDown(isDown: boolean): void;
  /** Holds back what is said, both ways, with the connections open; or no more. */
  setFrozen(isFrozen: boolean): void;
  close(): Promise<void>;
}

export async function openBrokenLine(port: number): Promise<BrokenLine> {
  const sockets = new Set<Socket>();
  const limits: number[] = [];
  let connections = 0;
  let isDown = false;
  let isFrozen = false;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((near) => {
    connections += 1;
    if (isDown) {
      near.destroy();
      return;
    }
    let left = limits.shift() ?? Number.POSITIVE_INFINITY;
    const far = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.on('data', (chunk: Buffer) => {
        if (isFrozen) return;
        if (socket === far) {
          other.write(chunk);
          return;
        }
        other.write(chunk.subarray(0, left));
        left -= chunk.length;
        // What went before still arrives.
        if (left <= 0) far.end(() => near.destroy());
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return connections;
    },
    breakAfter: (...bytes) => {
      limits.push(...bytes);
    },
    cut,
    setDown(down) {
      isDown = down;
      if (down) cut();
    },
    setFrozen(frozen) {
      isFrozen = frozen;
    },
    async close() {
      cut();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
