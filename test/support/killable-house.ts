/**
 * The house, in a process that kills itself at a moment which its parent names: nothing of the product knows of it.
 * `fork` it, and say what it is to do.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { names } from '../../local/environment.ts';
import { startHouse } from '../../local/house.ts';

/** When to die. */
export type Moment =
  /** Before a call to any server of the house is handled, or after it was answered; by "method path target". */
  | { readonly when: 'before' | 'after'; readonly call: string }
  /** When a record of this face was put on the data stream, before anybody took it. */
  | { readonly when: 'record'; readonly faceId: string };

/** What the parent says: first where to live, then when to die. */
export type Order =
  | { readonly folder: string; readonly port: number; readonly awsPort: number }
  | { readonly moment: Moment };

/** What the parent is told. */
export type Word =
  | { readonly pageUrl: string; readonly awsUrl: string }
  | { readonly listening: true }
  | { readonly carols: true };

const tell = (word: Word): void => {
  process.send?.(word);
};
const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

let moment: Moment | undefined;
process.on('message', (order: Order) => {
  if ('folder' in order) {
    void live(order);
  } else {
    moment = order.moment;
    tell({ listening: true });
  }
});
process.on('disconnect', () => process.exit());

/** Node tells of each request that comes to any server of this process, and of each answer. */
for (const [when, channel] of [
  ['before', 'http.server.request.start'],
  ['after', 'http.server.response.finish'],
] as const) {
  subscribe(channel, (message) => {
    const { method, url, headers } = (message as { request: IncomingMessage }).request;
    const call = `${method} ${url} ${headers['x-amz-target'] ?? ''}`;
    if (moment?.when === when && new RegExp(moment.call).test(call)) die();
  });
}

async function live({ folder, port, awsPort }: Extract<Order, { folder: string }>): Promise<void> {
  const asked = (number: number) => ({ number, asked: true });
  const house = await startHouse({ folder, port: asked(port), awsPort: asked(awsPort) });
  (await house.aws.dataStreams.ensure(names.dataStream)).onRecord(({ data }) => {
    if (moment?.when === 'record' && data.includes(moment.faceId)) die();
  });
  tell({ pageUrl: house.pageUrl, awsUrl: house.awsUrl });
  await house.carols;
  tell({ carols: true });
}
