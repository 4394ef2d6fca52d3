import {
  MadeInPart,
  type ResourceHandlers,
  type ThereResource,
  type WantedResource,
} from './resource-handlers.ts';

/** What can be done to a resource. */
export type Action = 'create' | 'update' | 'remove';

/** What is to fail. */
export interface Failure {
  readonly action: Action;
  readonly id: string;
  /** Whether the service has done it all the same, and failed then. */
  readonly done: boolean;
}

/** Handlers whose calls are noted, and of which one fails as a test says. */
export class FailingHandlers implements ResourceHandlers {
  /** All that was done, in order. */
  readonly calls: Array<readonly [action: Action, id: string]> = [];
  readonly #behind: ResourceHandlers;
  #failures: Failure[] = [];

  constructor(behind: ResourceHandlers) {
    this.#behind = behind;
  }

  /** The next of these calls fail, each once. */
  failNext(...failures: readonly Failure[]): void {
    this.#failures = [...failures];
  }

  /** Those that have not come to pass. */
  get pending(): readonly Failure[] {
    return this.#failures;
  }

  async create(wanted: WantedResource) {
    const failure = this.#take('create', wanted.id);
    if (failure && !failure.done) throw new Error(reason);
    const made = await this.#behind.create(wanted);
    if (failure) throw new MadeInPart(made, reason);
    return made;
  }

  async update(wanted: WantedResource, there: ThereResource) {
    const failure = this.#take('update', wanted.id);
    if (failure && !failure.done) throw new Error(reason);
    const made = await this.#behind.update(wanted, there);
    if (failure) throw new Error(reason);
    return made;
  }

  async remove(there: ThereResource) {
    const failure = this.#take('remove', there.id);
    if (failure) throw new Error(reason);
    await this.#behind.remove(there);
  }

  #take(action: Action, id: string): Failure | undefined {
    this.calls.push([action, id]);
    const index = this.#failures.findIndex((one) => one.action === action && one.id === id);
    return index < 0 ? undefined : this.#failures.splice(index, 1)[0];
  }
}

const reason =
  'Resource handler returned message: "Internal failure" (HandlerErrorCode: GeneralServiceException)';
