import type { LogCopy } from './log-copy.ts';

/** What the two files of a log hold together. */
export interface Merged {
  /** The lines in order, from the beginning on; the first one says only that the log begins there. */
  readonly lines: readonly string[];
  /** The number of the last line, 0 when there is none. */
  readonly last: number;
  /** Lines that were written and are in neither file; Infinity when nobody knows how many. */
  readonly lost: number;
}

/**
 * Puts together what two files of a log hold. Numbers only ever grow: a log that is written anew, without what is
 * stale, begins with a number after the last; so of two files with different beginnings the later one is the newer.
 *
 * @param known the last number that was surely written
 */
export function mergeCopies(copies: readonly LogCopy[], known: number): Merged {
  const beginnings = new Set(copies.flatMap(({ beginning }) => beginning ?? []));
  const newestFirst = [...beginnings].sort((a, b) => b - a);
  const candidates = newestFirst.map((beginning) => mergeFrom(beginning, copies, known));
  return (
    candidates.find(({ lost }) => lost === 0) ??
    candidates.sort((a, b) => b.lines.length - a.lines.length)[0] ??
    withoutBeginning(copies, known)
  );
}

function mergeFrom(beginning: number, copies: readonly LogCopy[], known: number): Merged {
  const lines = new Map<number, string>();
  for (const copy of copies) {
    // A file whose first line is damaged belongs to whichever log its numbers follow.
    if ((copy.beginning ?? beginning) !== beginning) continue;
    for (const [number, line] of copy.lines) if (number >= beginning) lines.set(number, line);
  }
  const last = Math.max(...lines.keys());
  const expected = Math.max(last, known) - beginning + 1;
  return { lines: inOrder(lines), last, lost: expected - lines.size };
}

/** Both first lines are damaged: there may have been others before the first that is left. */
function withoutBeginning(copies: readonly LogCopy[], known: number): Merged {
  const lines = new Map(copies.flatMap((copy) => [...copy.lines]));
  const last = Math.max(0, ...lines.keys());
  const isEmpty = copies.every(({ missing, bytes }) => missing || bytes?.length === 0);
  return { lines: inOrder(lines), last, lost: isEmpty && known === 0 ? 0 : Infinity };
}

const inOrder = (lines: ReadonlyMap<number, string>): string[] =>
  [...lines].sort(([a], [b]) => a - b).map(([, line]) => line);
