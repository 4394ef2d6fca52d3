import path from 'node:path';
import { type Ended, isFailure } from './events.ts';
import type { Outcome } from './run-process.ts';
import type { Costs } from './times.ts';

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
 * What each file took: its process from start to end. Of files that share a process, what their tests took; what is left
 * of it stands under the process's name. (Processor time of what a test leaves running is found with whoever comes next.)
 */
export function costsOf(root: string, outcomes: readonly Outcome[]): Costs {
  return Object.assign({}, ...outcomes.map((outcome) => costsIn(root, outcome)));
}

function costsIn(root: string, { name, took, spent, ended }: Outcome): Costs {
  const costs: Record<string, Costs[string]> = {};
  const left = { took, spent };
  let before: number | undefined;
  for (const test of ended.filter(({ nesting }) => nesting === 0)) {
    const own = test.file && path.relative(root, test.file).replaceAll('\\', '/');
    if (own && own !== name && own.endsWith('.test.ts')) {
      // Before the first one ends there is the loading of all files.
      const spent = test.spent - (before ?? test.spent);
      const cost = costs[own] ?? { took: 0, spent: 0 };
      costs[own] = { took: cost.took + test.took, spent: cost.spent + spent };
      left.took -= test.took;
      left.spent -= spent;
    }
    before = test.spent;
  }
  return Object.keys(costs).length === 0
    ? { [name]: left }
    : { ...costs, [`${name}: starting and loading`]: left };
}

/** What stands at the end of a run: the skipped tests, the times, the counts, and what failed. */
export function summary(
  outcomes: readonly Outcome[],
  { costs, took, jobs, rows }: { costs: Costs; took: number; jobs: number; rows: number },
): string {
  return [
    skippedTests(outcomes),
    table(costs, { took, jobs, rows }),
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

function table(costs: Costs, { took, jobs, rows }: { took: number; jobs: number; rows: number }): string {
  const sorted = Object.entries(costs).sort(([, a], [, b]) => b.took - a.took);
  const rest = sorted.slice(rows);
  return [
    '\nTime by file, and of the processors\n',
    ...sorted.slice(0, rows).map(([name, cost]) => row([cost], name)),
    ...(rest.length > 0 ? [row(valuesOf(rest), `${rest.length} more (--times)`)] : []),
    row(valuesOf(sorted), `in all, and ${(took / 1000).toFixed(1)} s from start to end (${jobs} at once)`),
    '\n',
  ].join('');
}

type Cost = Costs[string];

const valuesOf = (entries: ReadonlyArray<readonly [string, Cost]>): Cost[] => entries.map(([, cost]) => cost);

function row(costs: readonly Cost[], name: string): string {
  const [took, spent] = (['took', 'spent'] as const).map((key) => {
    const seconds = costs.reduce((sum, cost) => sum + cost[key], 0) / 1000;
    return `${seconds.toFixed(1).padStart(8)} s`;
  });
  return `${took}${spent}  ${name}\n`;
}

function failures(outcomes: readonly Outcome[]): string {
  const faults = outcomes.flatMap(({ name, fault }) => (fault === undefined ? [] : [`✖ ${name} ${fault}\n`]));
  const texts = outcomes.map((outcome) => outcome.failures.replace(/^\n?✖ failing tests:\n/, ''));
  const all = [...texts, ...faults].filter((text) => text.trim() !== '');
  return all.length === 0 ? '' : `\n✖ failing tests:\n${all.join('')}`;
}
