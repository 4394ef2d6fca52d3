import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../disk/atomic-file.ts';
import type { OnDamage } from '../disk/damage.ts';
import { readOrBegin } from '../disk/made-anew.ts';
import { DeadLetters } from './dead-letters.ts';
import {
  functionArn,
  type InvocationResult,
  type LambdaFunctions,
  ThrottledError,
  UnknownFunctionError,
} from './functions.ts';
import { finishWithin, wait } from './waiting.ts';

/** How events are invoked. */
export interface AsyncInvocationsOptions {
  readonly functions: LambdaFunctions;
  /** The data folder: events wait under `<folder>/lambda/queue`. */
  readonly folder: string;
  /**
   * Waits before each retry, in milliseconds. Two retries as on Lambda, which waits one and two minutes; here the
   * first comes soon, and the second when a lease of a minute has ended.
   */
  readonly retryDelaysMs?: readonly number[];
  /** An event older than this is given up. Lambda: six hours. */
  readonly maximumEventAgeMs?: number;
  /** The clock, milliseconds since 1970; the machine's when not given. */
  readonly now?: () => number;
  /** Takes a line about a failure of ours; standard error by default. */
  readonly log?: (line: string) => void;
  /** Told of events that were damaged; standard error by default. */
  readonly onDamage?: OnDamage | undefined;
}

/** Lambda waits for a second first, and up to five minutes. */
const throttledDelayMs = 1_000;

function unlessThrottled(error: unknown): undefined {
  if (!(error instanceof ThrottledError)) throw error;
}

interface QueuedEvent {
  readonly requestId: string;
  readonly functionName: string;
  /** In JSON. */
  readonly payload: string;
  /** Epoch milliseconds. */
  readonly acceptedAt: number;
  /** Invocations begun. */
  readonly invocations: number;
}

function isQueuedEvent(value: unknown): value is QueuedEvent {
  const event = (value ?? {}) as Partial<QueuedEvent>;
  return (
    typeof event.requestId === 'string' &&
    typeof event.functionName === 'string' &&
    typeof event.payload === 'string' &&
    isJson(event.payload) &&
    Number.isFinite(event.acceptedAt) &&
    Number.isSafeInteger(event.invocations)
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Asynchronous invocation: an event that was accepted is on disk, and is invoked until it succeeds, or was
 * retried as often as it may be and becomes a dead letter. Events left by the last process wait for `resume`.
 */
export class AsyncInvocations {
  readonly #options: Required<Omit<AsyncInvocationsOptions, 'onDamage'>>;
  readonly #queue: string;
  readonly #letters: DeadLetters;
  readonly #left: QueuedEvent[];
  readonly #working = new Set<Promise<void>>();
  readonly #ending = new AbortController();

  constructor(options: AsyncInvocationsOptions) {
    this.#options = {
      retryDelaysMs: [2_000, 65_000],
      maximumEventAgeMs: 6 * 3_600_000,
      now: Date.now,
      log: (line) => console.error(line),
      ...options,
    };
    this.#queue = join(options.folder, 'lambda', 'queue');
    mkdirSync(this.#queue, { recursive: true });
    this.#letters = new DeadLetters(options.folder, 'asynchronous', options);
    this.#left = readdirSync(this.#queue)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .flatMap((name) => {
        const lost = 'an event for a Lambda, such as the picture of an arrival';
        const file = join(this.#queue, name);
        return readOrBegin(file, isQueuedEvent, { onDamage: options.onDamage, lost }) ?? [];
      });
  }

  /** Takes up the events that the last process left. To be called once everything that functions need is there. */
  resume(): void {
    for (const event of this.#left.splice(0)) this.#start(event);
  }

  /** Where events go that were given up, in the shape of Lambda's on-failure destinations. */
  get deadLetters(): string {
    return this.#letters.path;
  }

  /**
   * Takes an event to be invoked, and answers once it is safe on disk.
   * @param payload the event in JSON
   * @returns the request id
   * @throws UnknownFunctionError
   */
  async accept(functionName: string, payload: string): Promise<string> {
    if (!this.#options.functions.has(functionName)) throw new UnknownFunctionError(functionName);
    const requestId = randomUUID();
    const event = { requestId, functionName, payload, acceptedAt: this.#options.now(), invocations: 0 };
    await this.#keep(event);
    this.#start(event);
    return requestId;
  }

  /** Waits for the invocations in work, but no longer than this. What is not done is taken up by the next start. */
  async close(limitMs = 5_000): Promise<void> {
    this.#ending.abort();
    await finishWithin(limitMs, Promise.all(this.#working));
    this.#letters.close();
  }

  #start(event: QueuedEvent): void {
    if (this.#ending.signal.aborted) return;
    const work: Promise<void> = this.#seeThrough(event)
      .catch((error: unknown) => {
        if (this.#ending.signal.aborted) return;
        const { functionName, requestId } = event;
        this.#options.log(
          `Event ${requestId} for ${functionName}: ${error instanceof Error ? error.stack : error}`,
        );
      })
      .finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  async #seeThrough(accepted: QueuedEvent): Promise<void> {
    const { functions, retryDelaysMs, maximumEventAgeMs, now } = this.#options;
    let result: InvocationResult | undefined;
    let event = accepted;
    while (event.invocations <= retryDelaysMs.length) {
      if (now() - event.acceptedAt > maximumEventAgeMs)
        return await this.#giveUp(event, 'EventAgeExceeded', result);
      if (
        event.invocations > 0 &&
        !(await wait(retryDelaysMs[event.invocations - 1] ?? 0, this.#ending.signal))
      )
        return;
      // Counted before it is run: an event that brings the process down must not do so at every start.
      event = { ...event, invocations: event.invocations + 1 };
      await this.#keep(event);
      result = await functions
        .invoke(event.functionName, event.payload, event.requestId)
        .catch(unlessThrottled);
      if (!result) {
        // Not reached, so that this was no try.
        event = { ...event, invocations: event.invocations - 1 };
        if (!(await wait(throttledDelayMs, this.#ending.signal))) return;
        continue;
      }
      if (!result.functionError) return await rm(this.#path(event));
    }
    await this.#giveUp(event, 'RetriesExhausted', result);
  }

  async #giveUp(event: QueuedEvent, condition: string, result: InvocationResult | undefined): Promise<void> {
    this.#letters.add({
      version: '1.0',
      timestamp: new Date(this.#options.now()).toISOString(),
      requestContext: {
        requestId: event.requestId,
        functionArn: `${functionArn(event.functionName)}:$LATEST`,
        condition,
        approximateInvokeCount: event.invocations,
      },
      requestPayload: JSON.parse(event.payload),
      ...(result && {
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: result.functionError },
        responsePayload: JSON.parse(result.payload),
      }),
    });
    await rm(this.#path(event));
  }

  async #keep(event: QueuedEvent): Promise<void> {
    await writeFileAtomic(this.#path(event), JSON.stringify(event));
  }

  #path({ acceptedAt, requestId }: QueuedEvent): string {
    return join(this.#queue, `${acceptedAt}-${requestId}.json`);
  }
}
