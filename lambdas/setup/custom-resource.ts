import { setTimeout as delay } from 'node:timers/promises';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { second } from '../../party/clock.ts';
import type { Log } from '../../party/log.ts';
import { loggable } from '../../party/loggable.ts';
import { inTime } from './in-time.ts';
import { setupText as say } from './setup.text.ts';
import { whyFailed } from './why-failed.ts';

/** What came of an event; the reason is for people, and stands among the events of the stack. */
export interface Outcome {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly reason?: string;
}

/**
 * Does what CloudFormation asks for. When the signal is aborted its time is up; what it throws is a failure with
 * the error's message as its reason.
 *
 * @param id the resource's physical id
 */
export type Work = (
  event: CloudFormationCustomResourceEvent,
  id: string,
  signal: AbortSignal,
) => Promise<Outcome>;

/** Lambda's entry of a custom resource. */
export type CustomResource = (
  event: CloudFormationCustomResourceEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<void>;

/** The end of a function's time that is kept for the answer. */
const answerTime = 10 * second;
const attemptTime = 4 * second;
const betweenAttempts = second / 2;
/** A whole answer has at most 4096 bytes ("Custom resource response objects"). */
const longestReason = 1000;

/**
 * A custom resource that always answers, whatever becomes of its work: CloudFormation waits for an answer for an
 * hour. The answer goes to the presigned address that came with the event, by HTTP PUT.
 */
export function createCustomResource(work: Work, log: Log): CustomResource {
  return async (event, context) => {
    const { RequestType: type, RequestId: requestId } = event;
    // Stable for the life of the resource: a changed id would have CloudFormation delete the one of before.
    const id = event.RequestType === 'Create' ? `setup-${requestId}` : event.PhysicalResourceId;
    const signal = AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - answerTime));
    const outcome = await inTime(work(event, id, signal), signal).catch((error: unknown): Outcome => {
      log.error('A custom resource failed', { type, requestId, ...loggable(error) });
      return { status: 'FAILED', reason: signal.aborted ? say.timeUp : whyFailed(error) };
    });
    log.info('A custom resource is answered', { type, requestId, ...outcome });
    await answer(event, id, outcome, () => context.getRemainingTimeInMillis());
  };
}

/** @throws an error without the address, which is as good as a key; Lambda then invokes the function again */
async function answer(
  event: CloudFormationCustomResourceEvent,
  id: string,
  { status, reason = '' }: Outcome,
  timeLeft: () => number,
): Promise<void> {
  const { StackId, RequestId, LogicalResourceId } = event;
  // Bytes, not text: of text fetch would say a content type, with which the address was not signed.
  const body = Buffer.from(
    JSON.stringify({
      Status: status,
      Reason: reason.slice(0, longestReason),
      PhysicalResourceId: id,
      StackId,
      RequestId,
      LogicalResourceId,
    }),
  );
  for (;;) {
    const problem = await put(event.ResponseURL, body);
    if (!problem) return;
    if (timeLeft() < betweenAttempts + attemptTime)
      throw new Error(`CloudFormation was not reached: ${problem}`);
    await delay(betweenAttempts);
  }
}

/** @returns why it was not taken, without the address */
async function put(url: string, body: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  try {
    const { ok, status } = await fetch(url, {
      method: 'PUT',
      body,
      signal: AbortSignal.timeout(attemptTime),
    });
    return ok ? undefined : `status ${status}`;
  } catch (error) {
    const { cause, name } = error as Error;
    return (cause as { readonly code?: string } | undefined)?.code ?? name;
  }
}
