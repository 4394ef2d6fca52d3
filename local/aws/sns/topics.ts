import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { mirrored, type OpenOptions } from '../../disk/damage.ts';
import { JsonLines } from '../../disk/json-lines.ts';
import { arn } from '../arn.ts';
import { StateFile } from '../state-file.ts';

/** An attribute of a message. */
export interface MessageAttribute {
  /** `String`, `String.Array`, `Number` or `Binary`, and what the publisher added to it. */
  readonly type: string;
  /** In base64 if binary. */
  readonly value: string;
}

/** What is published. */
export interface Notification {
  readonly topicArn: string;
  readonly message: string;
  readonly subject?: string;
  /** `json`: the message is a JSON object with one text for each protocol, and `default` for the others. */
  readonly messageStructure?: 'json';
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
}

/** What was published. */
export interface PublishedNotification extends Notification {
  readonly messageId: string;
  /** ISO 8601. */
  readonly publishedAt: string;
}

const maxBytes = 16 * 1024 * 1024;

/** The topics of this machine. Nobody is sent anything: what is published is kept, and shown to who listens here. */
export class Topics {
  readonly #arns: Set<string>;
  readonly #file: StateFile<string[]>;
  readonly #published: JsonLines<PublishedNotification>;
  readonly #listeners = new Set<(notification: PublishedNotification) => void>();

  /** Keeps its files under `<folder>/sns`. */
  constructor(folder: string, options: OpenOptions = {}) {
    this.#file = new StateFile(mirrored(folder, 'sns', 'topics.json'), () => [...this.#arns], {
      ...options,
      anew: true,
      lost: 'which topics there were; a topic is there again when it is created again',
    });
    this.#arns = new Set(this.#file.read());
    const published = join(folder, 'sns', 'published.jsonl');
    this.#published = new JsonLines(published, { maxBytes, onDamage: options.onDamage });
  }

  /** All that was published is here, one JSON line each. */
  get publishedFile(): string {
    return this.#published.path;
  }

  has(topicArn: string): boolean {
    return this.#arns.has(topicArn);
  }

  /** The ARN of the topic of this name, created if there is none. */
  async ensure(name: string): Promise<string> {
    const topicArn = arn('sns', name);
    this.#arns.add(topicArn);
    await this.#file.save();
    return topicArn;
  }

  /** Keeps a notification and tells the listeners. */
  publish(notification: Notification): PublishedNotification {
    const published = { messageId: randomUUID(), publishedAt: new Date().toISOString(), ...notification };
    this.#published.append(published);
    for (const listener of this.#listeners) listener(published);
    return published;
  }

  /** Takes notifications away from what was published. */
  forget(isGone: (notification: PublishedNotification) => boolean): void {
    this.#published.keepOnly((notification) => !isGone(notification));
  }

  /** Calls back with everything published from now on; ends with the function returned. */
  onPublish(listener: (notification: PublishedNotification) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#published.close();
  }
}
