import type { Clock, Pause } from '../../party/clock.ts';

/** Time that passes only when the test lets it: for minutes of an evening in seconds. */
export interface VirtualTime {
  readonly now: Clock;
  /** Ends when so much of this time has passed. */
  readonly pause: Pause;
  /** @param milliseconds how far the clock goes on; whoever paused until then goes on too */
  pass(milliseconds: number): void;
  /** Ends when somebody pauses, or does already. */
  paused(): Promise<void>;
}

/** @param start milliseconds since 1970 */
export function virtualTime(start: number): VirtualTime {
  let time = start;
  const pauses = new Set<{ readonly until: number; readonly end: () => void }>();
  let tellPaused: () => void = () => {};
  return {
    now: () => time,
    pause: (milliseconds) =>
      new Promise<void>((end) => {
        pauses.add({ until: time + milliseconds, end });
        tellPaused();
      }),
    pass(milliseconds) {
      time += milliseconds;
      for (const one of [...pauses]) {
        if (one.until > time) continue;
        pauses.delete(one);
        one.end();
      }
    },
    paused: () =>
      new Promise((resolve) => {
        if (pauses.size > 0) resolve();
        else tellPaused = resolve;
      }),
  };
}
