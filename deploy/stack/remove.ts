import { setTimeout as pause } from 'node:timers/promises';
import {
  type CloudFormationClient,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { CommandError } from '../errors.ts';
import type { Progress } from './progress.ts';
import { stackText } from './stack.text.ts';
import type { StackState } from './state.ts';

const pollEvery = 2000;

/**
 * Removes the stack, whatever state it is in. What CloudFormation could not delete the first time it is told to
 * delete again, and the second time to leave.
 *
 * The CDK is not asked for this: it would build the Lambdas first, and a house must be removable when that fails.
 *
 * @returns what had to be left, by its name on AWS
 * @throws CommandError with the first failure
 */
export async function removeStack(
  client: CloudFormationClient,
  { id, status }: StackState,
  name: string,
  progress: Progress,
): Promise<string[]> {
  progress.step(stackText.removing);
  const watch = new Events(client, id, progress);
  // Already tried in vain: only by force does CloudFormation go on.
  let force = status === 'DELETE_FAILED';
  for (;;) {
    await client.send(
      new DeleteStackCommand({ StackName: id, ...(force && { DeletionMode: 'FORCE_DELETE_STACK' }) }),
    );
    const end = await watch.untilDone();
    if (end === 'DELETE_COMPLETE') return watch.left;
    if (force) throw new CommandError(stackText.removalFailed(name, progress.failure ?? end));
    force = true;
  }
}

/** A stack's events as they come. */
class Events {
  readonly #client: CloudFormationClient;
  readonly #id: string;
  readonly #progress: Progress;
  readonly #seen = new Set<string>();
  readonly #left = new Map<string, string>();
  readonly #since = Date.now() - 60_000;

  constructor(client: CloudFormationClient, id: string, progress: Progress) {
    this.#client = client;
    this.#id = id;
    this.#progress = progress;
  }

  /** What the last try could not delete. */
  get left(): string[] {
    return [...this.#left.values()];
  }

  /** Waits until CloudFormation is done. @returns its word for how it ended */
  async untilDone(): Promise<string> {
    for (;;) {
      await pause(pollEvery);
      // The status first: then all that led to it is among the events.
      const status = await this.#status();
      await this.#tell();
      if (!status.endsWith('_IN_PROGRESS')) return status;
    }
  }

  async #status(): Promise<string> {
    // By its ARN, a deleted stack is still there to be asked.
    const { Stacks = [] } = await this.#client.send(new DescribeStacksCommand({ StackName: this.#id }));
    return Stacks[0]?.StackStatus ?? 'DELETE_COMPLETE';
  }

  async #tell(): Promise<void> {
    for (const event of await this.#fresh()) {
      const { LogicalResourceId = '', PhysicalResourceId, ResourceStatus } = event;
      if (ResourceStatus === 'DELETE_FAILED' && PhysicalResourceId !== this.#id)
        this.#left.set(LogicalResourceId, PhysicalResourceId ?? LogicalResourceId);
      if (ResourceStatus === 'DELETE_COMPLETE') this.#left.delete(LogicalResourceId);
      this.#progress.event(event);
    }
  }

  /** Those not told yet, oldest first. */
  async #fresh(): Promise<StackEvent[]> {
    const fresh: StackEvent[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.#client.send(
        new DescribeStackEventsCommand({ StackName: this.#id, ...(NextToken && { NextToken }) }),
      );
      const events = page.StackEvents ?? [];
      const unknown = events.filter(
        ({ EventId = '', Timestamp }) => !this.#seen.has(EventId) && Number(Timestamp ?? 0) >= this.#since,
      );
      for (const { EventId = '' } of unknown) this.#seen.add(EventId);
      fresh.push(...unknown);
      // They come newest first: a page with known ones is the last that matters.
      NextToken = unknown.length === events.length ? page.NextToken : undefined;
    } while (NextToken);
    return fresh.reverse();
  }
}
