import { setTimeout as delay } from 'node:timers/promises';
import {
  type CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import type { Progress } from './progress.ts';

/** A stack's events as they come. */
export class StackEvents {
  readonly #client: CloudFormationClient;
  readonly #id: string;
  readonly #progress: Progress;
  readonly #seen = new Set<string>();
  readonly #left = new Map<string, string>();

  private constructor(client: CloudFormationClient, id: string, progress: Progress) {
    this.#client = client;
    this.#id = id;
    this.#progress = progress;
  }

  /** Only what happens from now on is told: among what happened before may be an earlier failure. */
  static async open(client: CloudFormationClient, id: string, progress: Progress): Promise<StackEvents> {
    const events = new StackEvents(client, id, progress);
    await events.#fresh();
    return events;
  }

  /** What was tried last and could not be deleted, by its name on AWS. */
  get left(): string[] {
    return [...this.#left.values()];
  }

  /** Waits until CloudFormation is done. @returns its word for how it ended */
  async untilDone(): Promise<string> {
    for (;;) {
      await delay(this.#progress.pollEvery);
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
      const unknown = events.filter(({ EventId = '' }) => !this.#seen.has(EventId));
      for (const { EventId = '' } of unknown) this.#seen.add(EventId);
      fresh.push(...unknown);
      // They come newest first: a page with known ones is the last that matters.
      NextToken = unknown.length === events.length ? page.NextToken : undefined;
    } while (NextToken);
    return fresh.reverse();
  }
}
