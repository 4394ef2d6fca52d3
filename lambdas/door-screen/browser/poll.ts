import type { ScreenState } from '../../../party/door-screen/told.ts';

/** How the screen is connected. */
export type Connection = 'connecting' | 'connected' | 'lost' | 'link is over';

/** What the polling needs, and whom it tells. */
export interface PollOptions {
  /** Where arrivals are asked for. */
  readonly path: string;
  /** Nothing is asked any more once it is aborted; never if not given. */
  readonly ending?: AbortSignal;
  /** The ids of the arrivals that need not be told of again. */
  readonly known: () => readonly string[];
  readonly onState: (state: ScreenState) => void;
  readonly onConnection: (connection: Connection) => void;
}

/** A request that is held longer than this is lost, in milliseconds; the server holds it for 20 s. */
const answerAwaited = 30_000;
const firstPause = 500;
const longestPause = 8_000;

/**
 * Asks for arrivals, one request after the other, for as long as the link is valid and it is not ended. What fails is
 * tried again after ever longer pauses, and at once when the network is there again or the device wakes up.
 */
export async function pollArrivals({
  path,
  ending,
  known,
  onState,
  onConnection,
}: PollOptions): Promise<void> {
  let on: boolean | undefined;
  let pause = firstPause;
  while (!ending?.aborted) {
    try {
      const answer = await ask(path, on, known(), ending);
      if (ending?.aborted) return;
      if (answer === 'link is over') return onConnection(answer);
      if (answer === 'woken') continue;
      onConnection('connected');
      onState(answer);
      on = answer.on;
      pause = firstPause;
    } catch {
      if (ending?.aborted) return;
      onConnection('lost');
      // What a server says that was started anew may differ.
      on = undefined;
      await untilWokenOr(pause);
      pause = Math.min(pause * 2, longestPause);
    }
  }
}

async function ask(
  path: string,
  on: boolean | undefined,
  known: readonly string[],
  ended: AbortSignal | undefined,
): Promise<ScreenState | 'link is over' | 'woken'> {
  const query = new URLSearchParams({ known: known.join(',') });
  if (on !== undefined) query.set('on', on ? '1' : '0');
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), answerAwaited);
  // A request from before the device slept, or lost its network, may never be answered.
  let isWoken = false;
  const forget = onWake(() => {
    isWoken = true;
    ending.abort();
  });
  const cut = () => ending.abort();
  window.addEventListener('offline', cut);
  ended?.addEventListener('abort', cut);
  try {
    const answer = await fetch(`${path}?${query}`, { signal: ending.signal, cache: 'no-store' });
    if (answer.status === 404) return 'link is over';
    if (!answer.ok) throw new Error(`The server answers ${answer.status}.`);
    return (await answer.json()) as ScreenState;
  } catch (error) {
    if (isWoken) return 'woken';
    throw error;
  } finally {
    clearTimeout(timer);
    window.removeEventListener('offline', cut);
    ended?.removeEventListener('abort', cut);
    forget();
  }
}

function untilWokenOr(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      forget();
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    const forget = onWake(done);
  });
}

/** Calls back when the network is there again, or the page is seen again. @returns what ends it */
function onWake(wake: () => void): () => void {
  const seen = () => {
    if (document.visibilityState === 'visible') wake();
  };
  window.addEventListener('online', wake);
  document.addEventListener('visibilitychange', seen);
  return () => {
    window.removeEventListener('online', wake);
    document.removeEventListener('visibilitychange', seen);
  };
}
