import { useEffect, useRef, useState } from 'preact/hooks';

/** How the connection for server-sent events is. */
export type Connection = 'connecting' | 'open' | 'lost';

/** What is done with each kind of event; the data is parsed JSON. */
export type EventHandlers = Readonly<Record<string, (data: never) => void>>;

/** After an answer that is no stream of events the browser gives up; it is tried again after so long. */
const retryAfter = 2_000;

/**
 * Listens to the server-sent events at a path for as long as it is shown, and comes back after a break.
 * `onOpen` is called at each (re)connection: what happened in between is to be loaded then.
 */
export function useLiveEvents(path: string, handlers: EventHandlers, onOpen?: () => void): Connection {
  const [connection, setConnection] = useState<Connection>('connecting');
  const latest = useRef({ handlers, onOpen });
  latest.current = { handlers, onOpen };

  useEffect(() => {
    let source: EventSource;
    let retry: number | undefined;
    const connect = () => {
      source = new EventSource(path);
      source.onopen = () => {
        setConnection('open');
        latest.current.onOpen?.();
      };
      source.onerror = () => {
        setConnection('lost');
        if (source.readyState === EventSource.CLOSED) retry = window.setTimeout(connect, retryAfter);
      };
      for (const name of Object.keys(latest.current.handlers)) {
        source.addEventListener(name, (event) => {
          latest.current.handlers[name]?.(JSON.parse(event.data) as never);
        });
      }
    };
    setConnection('connecting');
    connect();
    return () => {
      window.clearTimeout(retry);
      source.close();
    };
  }, [path]);

  return connection;
}
