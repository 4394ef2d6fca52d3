import { useEffect, useRef, useState } from 'preact/hooks';

/** How the connection for server-sent events is. */
export type Connection = 'connecting' | 'open' | 'lost';

/** What is done with each kind of event; the data is parsed JSON. */
export type EventHandlers = Readonly<Record<string, (data: never) => void>>;

/** A page that is not looked at has no stream, and asks so often what has happened: milliseconds. */
const askedEvery = 15_000;
/** After an answer that is no stream of events the browser gives up; it is tried again after so long. */
const retryAfter = 2_000;

/**
 * Listens to the server-sent events at a path for as long as the page is looked at, and comes back after a break.
 * (A browser has six connections to a server for all its tabs: those in the background must not take them.)
 * `onOpen` is called at each (re)connection, and now and then in the background: what happened in between is to be
 * loaded then.
 */
export function useLiveEvents(path: string, handlers: EventHandlers, onOpen?: () => void): Connection {
  const [connection, setConnection] = useState<Connection>('connecting');
  const latest = useRef({ handlers, onOpen });
  latest.current = { handlers, onOpen };

  useEffect(() => {
    let source: EventSource | undefined;
    let retry: number | undefined;
    let asking: number | undefined;
    const connect = () => {
      const opened = new EventSource(path);
      source = opened;
      opened.onopen = () => {
        setConnection('open');
        latest.current.onOpen?.();
      };
      opened.onerror = () => {
        setConnection('lost');
        if (opened.readyState === EventSource.CLOSED) retry = window.setTimeout(connect, retryAfter);
      };
      for (const name of Object.keys(latest.current.handlers)) {
        opened.addEventListener(name, (event) => {
          latest.current.handlers[name]?.(JSON.parse(event.data) as never);
        });
      }
    };
    const disconnect = () => {
      window.clearTimeout(retry);
      window.clearInterval(asking);
      source?.close();
    };
    const look = () => {
      disconnect();
      if (!document.hidden) connect();
      else asking = window.setInterval(() => latest.current.onOpen?.(), askedEvery);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      disconnect();
    };
  }, [path]);

  return connection;
}
