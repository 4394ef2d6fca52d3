import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Surroundings } from '../command.ts';
import { failureIn, isFailure, plainName } from './failure.ts';
import { happened, stackText } from './stack.text.ts';

/** Nothing to see for so long, in milliseconds, and it is said that it still goes on. */
const patience = 15_000;
const mostRemarks = 30;

/** Tells what goes on: a line a step and a resource, each with the time since the beginning. */
export class Progress {
  /** How often CloudFormation is asked how far it is, in milliseconds. */
  readonly pollEvery: number;
  readonly #say: (line: string) => void;
  readonly #began = Date.now();
  readonly #timer: NodeJS.Timeout;
  #last = Date.now();
  #step = '';
  #failure: string | undefined;
  #remarks: string[] = [];

  constructor(say: (line: string) => void, pollEvery: number) {
    this.#say = say;
    this.pollEvery = pollEvery;
    this.#timer = setInterval(() => this.#still(), patience / 3);
  }

  /** The first failure that CloudFormation told of, in words. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** What was remarked last, for the case that it fails. */
  get remarks(): string {
    return this.#remarks.join('\n');
  }

  /** Something that is worth a line only if it fails. */
  remark(text: string): void {
    this.#remarks = [...this.#remarks, text].slice(-mostRemarks);
  }

  /** Something was done, within a step. */
  line(text: string): void {
    this.#line(`  ${this.#elapsed()}  ${text}`);
  }

  /** A step begins. */
  step(text: string): void {
    if (text === this.#step) return;
    this.#step = text;
    this.#line(text);
  }

  /** CloudFormation did something. @param place how far it is, such as `12/41` */
  event(event: StackEvent, place = ''): void {
    if (isFailure(event)) this.#failure ??= failureIn(event);
    // The stack's own events are no resource's.
    if (event.PhysicalResourceId !== undefined && event.PhysicalResourceId === event.StackId) return;
    const what = happened[event.ResourceStatus ?? ''];
    if (what) this.#line(stackText.resource(place, this.#elapsed(), plainName(event), what));
  }

  /** Ends, and says how long it took. */
  done(): void {
    this.close();
    this.#say(stackText.done(this.#elapsed()));
  }

  /** Ends without a word. */
  close(): void {
    clearInterval(this.#timer);
  }

  #still(): void {
    if (Date.now() - this.#last >= patience)
      this.#line(stackText.still(this.#step.replace(/ …$/, ''), this.#elapsed()));
  }

  #line(text: string): void {
    this.#last = Date.now();
    this.#say(text);
  }

  #elapsed(): string {
    const seconds = Math.round((Date.now() - this.#began) / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }
}

/** Does something that takes a while, and tells the host what goes on; and how long it took, once it is done. */
export async function withProgress<Result>(
  { terminal, pollEvery }: Pick<Surroundings, 'terminal' | 'pollEvery'>,
  act: (progress: Progress) => Promise<Result>,
): Promise<Result> {
  const progress = new Progress((line) => terminal.say(line), pollEvery);
  try {
    const result = await act(progress);
    progress.done();
    return result;
  } finally {
    progress.close();
  }
}
