import path from 'node:path';
import { type Ended, isFailure } from './events.ts';
import type { Outcome } from './run-process.ts';
import type { Times } from './times.ts';

/** Counted as node's own runner counts. */
export interface Counts {
  readonly tests: number;
  readonly suites: number;
  readonly pass: number;
  readonly fail: number;
  readonly cancelled: number;
  readonly skipped: number;
  readonly todo: number;
}

/** A file that failed as such, beside its tests, counts as one more test. */
export function count(outcomes: readonly Outcome[]): Counts {
  const ended = outcomes.flatMap((outcome) => outcome.ended);
  const tests = ended.filter(({ suite }) => !suite);
  const faults = outcomes.filter(({ fault }) => fault !== undefined).length;
  const kinds = tests.map(kindOf);
  const of = (kind: ReturnType<typeof kindOf>): number => kinds.filter((one) => one === kind).length;
  return {
    tests: tests.length + faults,
    suites: ended.length - tests.length,
    pass: of('pass'),
    fail: of('fail') + faults,
    cancelled: of('cancelled'),
    skipped: of('skipped'),
    todo: of('todo'),
  };
}

function kindOf({ skip, todo, cancelled, ok }: Ended): 'skipped' | 'todo' | 'cancelled' | 'fail' | 'pass' {
  if (skip !== undefined) return 'skipped';
  if (todo !== undefined) return 'todo';
  if (cancelled) return 'cancelled';
  return ok ? 'pass' : 'fail';
}

/** Whether anything failed: a test, a hook of a `describe`, or a file as such. */
export const anyFailed = (outcomes: readonly Outcome[]): boolean =>
  outcomes.some(({ fault, ended }) => fault !== undefined || ended.some(isFailure));

/**
 * How long each file took: its process from start to end. Of files that share a process, what their tests took; what
 * is left of it stands under the process's name.
 */
export function timesOf(root: string, outcomes: readonly Outcome[]): Times {
  return Object.assign({}, ...outcomes.map((outcome) => timesIn(root, outcome)));
}

function timesIn(root: string, { name, took, ended }: Outcome): Times {
  const times: Record<string, number> = {};
  for (const { file, nesting, took } of ended) {
    const own = file && path.relative(root, file).replaceAll('\\', '/');
    if (own && nesting === 0 && own !== name && own.endsWith('.test.ts'))
      times[own] = (times[own] ?? 0) + took;
  }
  const tests = Object.values(times).reduce((sum, time) => sum + time, 0);
  return tests === 0 ? { [name]: took } : { ...times, [`${name}: starting and loading`]: took - tests };
}

/** What stands at the end of a run: the skipped tests, the times, the counts, and what failed. */
export function summary(
  outcomes: readonly Outcome[],
  { times, took, jobs, rows }: { times: Times; took: number; jobs: number; rows: number },
): string {
  return [
    skippedTests(outcomes),
    table(times, { took, jobs, rows }),
    ...Object.entries({ ...count(outcomes), duration_ms: took }).map(
      ([name, value]) => `ℹ ${name} ${value}\n`,
    ),
    failures(outcomes),
  ].join('');
}

function skippedTests(outcomes: readonly Outcome[]): string {
  const skipped = outcomes.flatMap(({ ended }) => ended.filter(({ skip }) => skip !== undefined));
  if (skipped.length === 0) return '';
  const lines = skipped.map(({ name, skip }) => `  ${name}: ${skip === true ? 'no reason given' : skip}\n`);
  return `\nSkipped\n${lines.join('')}`;
}

function table(times: Times, { took, jobs, rows }: { took: number; jobs: number; rows: number }): string {
  const sorted = Object.entries(times).sort(([, a], [, b]) => b - a);
  const shown = sorted.slice(0, rows);
  const total = sorted.reduce((sum, [, time]) => sum + time, 0);
  const rest = sorted.length - shown.length;
  return [
    '\nTime by file\n',
    ...shown.map(([name, time]) => row(time, name)),
    ...(rest > 0
      ? [row(total - shown.reduce((sum, [, time]) => sum + time, 0), `${rest} more (--times)`)]
      : []),
    row(total, `in all, and ${(took / 1000).toFixed(1)} s from start to end (${jobs} at once)`),
    '\n',
  ].join('');
}

const row = (time: number, name: string): string => `${(time / 1000).toFixed(1).padStart(8)} s  ${name}\n`;

function failures(outcomes: readonly Outcome[]): string {
  const faults = outcomes.flatMap(({ name, fault }) => (fault === undefined ? [] : [`✖ ${name} ${fault}\n`]));
  const texts = outcomes.map((outcome) => outcome.failures.replace(/^\n?✖ failing tests:\n/, ''));
  const all = [...texts, ...faults].filter((text) => text.trim() !== '');
  return all.length === 0 ? '' : `\n✖ failing tests:\n${all.join('')}`;
}
