import type { Telegram } from '../telegram.ts';
import { type EventView, viewEvent, viewPassing } from './views.ts';

const heartbeatMs = 15_000;
/** Milliseconds after which a browser that was cut off comes back. */
const reconnectMs = 1000;

/**
 * One person's events as Server-Sent Events (HTML standard, 9.2), without an end. `after` is the id of the
 * last event that the reader has; when what followed is no longer kept, the event `reset` says so, and the
 * reader loads everything anew.
 */
export function eventStream(telegram: Telegram, personId: number, after: number | undefined): Response {
  let stop = () => {};
  const text = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (line: string) => controller.enqueue(text.encode(line));
      const send = (view: EventView | undefined) => view && write(format(view));
      const end = () => {
        stop();
        controller.close();
      };
      const unlisten = telegram.events.listen(
        (id, event) => send(viewEvent(telegram, personId, id, event)),
        (passing) => send(viewPassing(telegram, personId, passing)),
      );
      const heartbeat = setInterval(() => write(':\n\n'), heartbeatMs);
      stop = () => {
        unlisten();
        clearInterval(heartbeat);
        telegram.ending.removeEventListener('abort', end);
      };
      telegram.ending.addEventListener('abort', end);
      const last = telegram.events.lastId();
      const missed = telegram.events.since(after ?? last);
      // Without data this is no event, but it tells the reader where to go on if it is cut off now.
      write(`retry: ${reconnectMs}\nid: ${missed === undefined ? last : (after ?? last)}\n\n`);
      if (missed === undefined) write('event: reset\ndata: {}\n\n');
      for (const [id, event] of missed ?? []) send(viewEvent(telegram, personId, id, event));
    },
    cancel() {
      stop();
    },
  });
  const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' };
  return new Response(body, { headers });
}

function format({ id, event, data }: EventView): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
