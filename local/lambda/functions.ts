import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { arn } from '../aws/arn.ts';
import { lambdaContext } from './context.ts';
import { type Measure, unmeasured } from './measure.ts';
import { finishWithin } from './waiting.ts';

/** A Lambda handler, whatever its event is. */
export type LambdaHandler = (event: never, context: Context) => Promise<unknown>;

/** A function as it is deployed here. */
export interface LambdaFunction {
  readonly handler: LambdaHandler;
  /** An invocation that takes longer fails. Lambda's default is 3. */
  readonly timeoutSeconds?: number;
  /** How many invocations may run at once; without it as many as there are. */
  readonly reservedConcurrency?: number | undefined;
}

/** What one invocation came to. */
export interface InvocationResult {
  readonly requestId: string;
  /** The handler's answer, or the error's type and message, in JSON. */
  readonly payload: string;
  /** Set if the invocation failed. */
  readonly functionError?: 'Unhandled';
}

/** There is no function of that name. */
export class UnknownFunctionError extends Error {
  override readonly name = 'UnknownFunctionError';

  constructor(functionName: string) {
    super(`No function is called '${functionName}' on this machine.`);
  }
}

/** As many invocations run as may: Lambda's 429, TooManyRequestsException. The function was not reached. */
export class ThrottledError extends Error {
  override readonly name = 'ThrottledError';

  constructor(functionName: string) {
    super(`Rate Exceeded: as many invocations of ${functionName} run as may.`);
  }
}

/** How functions are run. */
export interface LambdaFunctionsOptions {
  /** Takes a line about each invocation that failed; standard error by default. */
  readonly log?: (line: string) => void;
  readonly measure?: Measure;
}

/**
 * The Lambda functions of this machine, run in this process. As on Lambda, the event and the answer pass as
 * JSON, a thrown error becomes an answer, and time is limited. Unlike there, a handler whose time is up cannot
 * be stopped: what it still does goes on, and its answer is dropped.
 */
export class LambdaFunctions {
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #running = new Set<Promise<unknown>>();
  readonly #atOnce = new Map<string, number>();
  readonly #log: (line: string) => void;
  readonly #measure: Measure;

  constructor(functions: Readonly<Record<string, LambdaFunction>>, options: LambdaFunctionsOptions = {}) {
    this.#functions = new Map(Object.entries(functions));
    this.#log = options.log ?? ((line) => console.error(line));
    this.#measure = options.measure ?? unmeasured;
  }

  has(name: string): boolean {
    return this.#functions.has(name);
  }

  /**
   * Runs a function once and waits for its answer. Rejects only for a function that is not there or not reached.
   * @param payload the event in JSON
   * @throws UnknownFunctionError, ThrottledError
   */
  async invoke(name: string, payload: string, requestId: string = randomUUID()): Promise<InvocationResult> {
    const found = this.#functions.get(name);
    if (!found) throw new UnknownFunctionError(name);
    const atOnce = this.#atOnce.get(name) ?? 0;
    if (atOnce >= (found.reservedConcurrency ?? Number.POSITIVE_INFINITY)) {
      this.#measure(name, 'Throttles', 1);
      throw new ThrottledError(name);
    }
    this.#atOnce.set(name, atOnce + 1);
    const outcome = this.#run(name, found, payload, requestId);
    this.#running.add(outcome);
    try {
      return { requestId, payload: await outcome };
    } catch (error) {
      this.#measure(name, 'Errors', 1);
      this.#log(
        `Lambda ${name} (${requestId}) failed: ${error instanceof Error ? error.stack : String(error)}`,
      );
      return { requestId, payload: JSON.stringify(errorPayload(error)), functionError: 'Unhandled' };
    } finally {
      this.#running.delete(outcome);
      this.#atOnce.set(name, (this.#atOnce.get(name) ?? 1) - 1);
    }
  }

  /** Waits until nothing runs, but no longer than this. */
  async close(limitMs = 5_000): Promise<void> {
    await finishWithin(limitMs, Promise.allSettled(this.#running));
  }

  async #run(
    name: string,
    { handler, timeoutSeconds = 3 }: LambdaFunction,
    payload: string,
    requestId: string,
  ) {
    const context = lambdaContext({ name, requestId, deadline: Date.now() + timeoutSeconds * 1000 });
    const work = Promise.resolve().then(() => handler(JSON.parse(payload) as never, context));
    return JSON.stringify((await inTime(work, requestId, timeoutSeconds)) ?? null);
  }
}

/** The ARN of a function. */
export function functionArn(name: string): string {
  return arn('lambda', `function:${name}`);
}

/** In Lambda's own words. */
class TimeoutError extends Error {
  override readonly name = 'Sandbox.Timedout';

  constructor(requestId: string, seconds: number) {
    super(`RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`);
  }
}

/** An error as Lambda's Node.js runtime reports it. */
function errorPayload(error: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  const thrown = error instanceof Error ? error : new Error(String(error));
  const trace = error instanceof TimeoutError ? [] : (thrown.stack ?? '').split('\n');
  return { errorType: thrown.name, errorMessage: thrown.message, trace };
}

/** The outcome of `work` if it comes in time, else a TimeoutError; `work`'s own outcome is then dropped. */
async function inTime<T>(work: Promise<T>, requestId: string, seconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(requestId, seconds)), seconds * 1000);
  });
  return await Promise.race([work, timeUp]).finally(() => clearTimeout(timer));
}
