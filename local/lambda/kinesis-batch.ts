import type { StreamRecord } from '../aws/kinesis/segment.ts';

/** Why records were given up. */
export type GivenUp = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** How one invocation for a batch ended: what it answered, that it failed, or that the function was not reached. */
export type BatchAnswer =
  | { readonly failed: true; readonly notReached?: true }
  | { readonly failed: false; readonly answer: unknown };

/** What becomes of a batch is said in these terms. */
export interface BatchWorld {
  /** Calls the function for these records. */
  invoke(records: readonly StreamRecord[]): Promise<BatchAnswer>;
  /** All records up to this one are done with. */
  checkpoint(last: StreamRecord): Promise<void>;
  /** These were given up after so many invocations for just them. */
  giveUp(records: readonly StreamRecord[], why: GivenUp, invocations: number): Promise<void>;
  /** Waits before the batch is tried again; `retry` counts from 1. False: do not, the end has come. */
  backOff(retry: number): Promise<boolean>;
  now(): number;
}

/** The error handling of an event source mapping, as Lambda's API names it. */
export interface BatchRules {
  /** −1: until the records are too old. */
  readonly maximumRetryAttempts: number;
  /** Milliseconds. */
  readonly maximumRecordAge: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** ReportBatchItemFailures is among the function response types. */
  readonly reportBatchItemFailures: boolean;
}

/**
 * Sees a batch through, record by record in order, until each was handled or given up; false if it was called
 * off before. Retries count for the same records sent again: a batch that was split, or that became shorter
 * because some of it succeeded, begins anew (Lambda: "splitting a batch does not count towards the retry quota"). What
 * did not reach the function counts for nothing, and is sent again until it is too old.
 */
export async function handleBatch(
  batch: readonly StreamRecord[],
  rules: BatchRules,
  world: BatchWorld,
): Promise<boolean> {
  let records = batch;
  let invocations = 0;
  for (;;) {
    const young = await giveUpAged(records, rules, world, invocations);
    if (young.length < records.length) invocations = 0;
    records = young;
    const last = records.at(-1);
    if (!last) return true;

    const answer = await world.invoke(records);
    if (answer.failed && answer.notReached) {
      if (!(await world.backOff(Math.max(1, invocations)))) return false;
      continue;
    }
    const failure = firstFailure(records, answer, rules.reportBatchItemFailures);
    invocations += 1;
    if (failure === undefined) {
      await world.checkpoint(last);
      return true;
    }
    if (failure > 0) {
      await world.checkpoint(records[failure - 1] as StreamRecord);
      records = records.slice(failure);
      invocations = 0;
    } else if (rules.bisectBatchOnFunctionError && records.length > 1) {
      const middle = Math.ceil(records.length / 2);
      if (!(await world.backOff(1))) return false;
      if (!(await handleBatch(records.slice(0, middle), rules, world))) return false;
      records = records.slice(middle);
      invocations = 0;
      continue;
    } else if (rules.maximumRetryAttempts >= 0 && invocations > rules.maximumRetryAttempts) {
      await world.giveUp(records, 'RetryAttemptsExhausted', invocations);
      await world.checkpoint(last);
      return true;
    }
    if (!(await world.backOff(Math.max(1, invocations)))) return false;
  }
}

/**
 * Where in a batch the function says it failed; undefined for success. A list that names a record that is not
 * of the batch, or none, means all of it.
 */
export function firstFailure(
  records: readonly StreamRecord[],
  result: BatchAnswer,
  reportBatchItemFailures: boolean,
): number | undefined {
  if (result.failed) return 0;
  const failures = reportBatchItemFailures ? failuresIn(result.answer) : [];
  if (failures.length === 0) return undefined;
  const places = failures.map((failure) => {
    const identifier = (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier;
    return records.findIndex((record) => record.sequenceNumber === identifier);
  });
  return Math.max(0, Math.min(...places));
}

function failuresIn(answer: unknown): readonly unknown[] {
  const failures = (answer as { batchItemFailures?: unknown } | null)?.batchItemFailures;
  return Array.isArray(failures) ? failures : [];
}

async function giveUpAged(
  records: readonly StreamRecord[],
  rules: BatchRules,
  world: BatchWorld,
  invocations: number,
): Promise<readonly StreamRecord[]> {
  const oldest = world.now() - rules.maximumRecordAge;
  const young = records.findIndex((record) => record.arrivedAt >= oldest);
  const aged = young < 0 ? records : records.slice(0, young);
  const last = aged.at(-1);
  if (!last) return records;
  await world.giveUp(aged, 'RecordAgeExceeded', invocations);
  await world.checkpoint(last);
  return records.slice(aged.length);
}
