import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { DataStream } from '../aws/kinesis/data-stream.ts';
import type { StreamRecord } from '../aws/kinesis/segment.ts';
import { beforeFirst, isSequenceNumber } from '../aws/kinesis/sequence-number.ts';
import { writeFileAtomic } from '../disk/atomic-file.ts';
import type { OnDamage } from '../disk/damage.ts';
import { readOrBegin } from '../disk/made-anew.ts';
import { DeadLetters } from './dead-letters.ts';
import {
  type InvocationResult,
  type LambdaFunctions,
  ThrottledError,
  UnknownFunctionError,
} from './functions.ts';
import { type BatchAnswer, type BatchRules, type GivenUp, handleBatch } from './kinesis-batch.ts';
import { kinesisDeadLetter } from './kinesis-dead-letter.ts';
import { kinesisEvent } from './kinesis-event.ts';
import { type Measure, unmeasured } from './measure.ts';
import { nextBatch } from './next-batch.ts';
import { finishWithin, wait } from './waiting.ts';

/** A data stream that invokes a function. The options and their defaults are those of Lambda's API. */
export interface KinesisSourceOptions {
  readonly stream: DataStream;
  readonly functions: LambdaFunctions;
  readonly functionName: string;
  /** The data folder: checkpoint and dead letters are kept under `<folder>/lambda`. */
  readonly folder: string;
  /** Where the first start of all begins; later ones go on from the checkpoint. */
  readonly startingPosition: 'LATEST' | 'TRIM_HORIZON';
  /** Records a batch: 1 to 10,000, by default 100. */
  readonly batchSize?: number;
  /** How long a batch that is not full waits for more, in seconds; 0 by default. */
  readonly maximumBatchingWindow?: number;
  /** −1, the default: until the records are too old. */
  readonly maximumRetryAttempts?: number;
  /** In seconds; −1, the default: until the stream drops them. */
  readonly maximumRecordAge?: number;
  readonly bisectBatchOnFunctionError?: boolean;
  readonly reportBatchItemFailures?: boolean;
  /** The wait before a first retry in milliseconds, doubled for each further one up to 10 s. */
  readonly backOffMs?: number;
  /** Takes a line about a failure of ours, after which it goes on; standard error by default. */
  readonly log?: (line: string) => void;
  /** Told when the checkpoint was damaged; standard error by default. */
  readonly onDamage?: OnDamage | undefined;
  readonly measure?: Measure;
  /** The clock by which the stream's records are dated, milliseconds since 1970; the machine's when not given. */
  readonly now?: () => number;
}

/** A running event source mapping. */
export interface KinesisSource {
  /** What was given up goes here, in the shape of Lambda's on-failure destinations. */
  readonly deadLetters: string;
  /** Ends it, waiting for the batch in work but no longer than `limitMs`. A batch cut off comes again. */
  close(limitMs?: number): Promise<void>;
}

const maxBackOffMs = 10_000;

/**
 * Invokes a function with the records of a data stream, at once as they come, in order, at least once each.
 * @throws UnknownFunctionError
 */
export async function startKinesisSource(options: KinesisSourceOptions): Promise<KinesisSource> {
  const { stream, functions, functionName, folder, backOffMs = 200, measure = unmeasured } = options;
  const { log = (line: string) => console.error(line), now = Date.now } = options;
  if (!functions.has(functionName)) throw new UnknownFunctionError(functionName);
  const name = `${stream.name}-${functionName}`;
  const checkpointPath = join(folder, 'lambda', 'checkpoints', `${name}.json`);
  const letters = new DeadLetters(folder, name, options);
  const ending = new AbortController();
  const rules = rulesOf(options);
  const batching = { size: options.batchSize ?? 100, windowMs: (options.maximumBatchingWindow ?? 0) * 1000 };
  const isBegun = lstatSync(checkpointPath, { throwIfNoEntry: false }) !== undefined;
  const lost = 'how far the records were read; those of the last minute are read once more';
  let checkpoint = readOrBegin(checkpointPath, isCheckpoint, {
    onDamage: options.onDamage,
    lost,
  })?.sequenceNumber;
  // One of a stream that was here before this one: whatever comes now would seem to have been read.
  if (checkpoint !== undefined && checkpoint > stream.latest) checkpoint = stream.latest;
  let lastResult: InvocationResult | undefined;

  function startingPosition(): string {
    return options.startingPosition === 'LATEST' ? stream.latest : beforeFirst;
  }

  /** In place of a checkpoint that is damaged: at least once each, and nothing that is too old to be of use. */
  function justBefore(): string {
    const seconds = options.maximumRecordAge ?? -1;
    return seconds < 0 ? beforeFirst : stream.positionBefore(now() - seconds * 1000);
  }

  async function keep(sequenceNumber: string): Promise<void> {
    const content = JSON.stringify({ sequenceNumber } satisfies Checkpoint);
    await writeFileAtomic(checkpointPath, content, { durable: false });
    checkpoint = sequenceNumber;
  }

  async function invoke(records: readonly StreamRecord[]): Promise<BatchAnswer> {
    const { arrivedAt = now() } = records.at(-1) ?? {};
    measure(functionName, 'IteratorAge', now() - arrivedAt);
    const payload = JSON.stringify(kinesisEvent(stream.name, records));
    const result = await functions.invoke(functionName, payload).catch(unlessThrottled);
    if (!result) return { failed: true, notReached: true };
    lastResult = result;
    return result.functionError ? { failed: true } : { failed: false, answer: JSON.parse(result.payload) };
  }

  const world = {
    invoke,
    checkpoint: (last: StreamRecord) => keep(last.sequenceNumber),
    giveUp: async (records: readonly StreamRecord[], why: GivenUp, invocations: number) => {
      letters.add(
        kinesisDeadLetter({ streamName: stream.name, functionName, records, why, invocations, lastResult }),
      );
    },
    backOff: (retry: number) => wait(Math.min(maxBackOffMs, backOffMs * 2 ** (retry - 1)), ending.signal),
    now,
  };

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        const batch = await nextBatch(stream, checkpoint ?? beforeFirst, batching, ending.signal);
        await handleBatch(batch, rules, world);
      } catch (error) {
        if (ending.signal.aborted) return;
        log(
          `Records of ${stream.name} for ${functionName}: ${error instanceof Error ? error.stack : String(error)}`,
        );
        await wait(maxBackOffMs, ending.signal);
      }
    }
  }

  // Kept before anything is read, so that a process ended before its first batch does not begin elsewhere next time.
  if (checkpoint === undefined) await keep(isBegun ? justBefore() : startingPosition());
  const running = run();
  return {
    deadLetters: letters.path,
    async close(limitMs = 5_000) {
      ending.abort();
      await finishWithin(limitMs, running);
      letters.close();
    },
  };
}

function unlessThrottled(error: unknown): undefined {
  if (!(error instanceof ThrottledError)) throw error;
}

interface Checkpoint {
  readonly sequenceNumber: string;
}

function isCheckpoint(value: unknown): value is Checkpoint {
  const { sequenceNumber } = (value ?? {}) as Partial<Checkpoint>;
  return typeof sequenceNumber === 'string' && isSequenceNumber(sequenceNumber);
}

function rulesOf(options: KinesisSourceOptions): BatchRules {
  const { maximumRecordAge = -1, maximumRetryAttempts = -1 } = options;
  return {
    maximumRetryAttempts,
    maximumRecordAge: maximumRecordAge < 0 ? options.stream.retentionMs : maximumRecordAge * 1000,
    bisectBatchOnFunctionError: options.bisectBatchOnFunctionError ?? false,
    reportBatchItemFailures: options.reportBatchItemFailures ?? false,
  };
}
