import type { Made } from '../template.ts';

/** One resource as it is to be: its properties have no functions any more. */
export interface WantedResource {
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** One that there is. */
export interface ThereResource extends WantedResource {
  readonly made: Made;
}

/**
 * What makes, changes and deletes resources. An error is a failure, and its message the reason that stands among the
 * events.
 */
export interface ResourceHandlers {
  /** @throws MadeInPart when there is something already that is to be deleted again */
  create(wanted: WantedResource): Promise<Made>;
  /** @param there as it is until now */
  update(wanted: WantedResource, there: ThereResource): Promise<Made>;
  remove(there: ThereResource): Promise<void>;
}

/** A resource could not be made, but something of it is there. */
export class MadeInPart extends Error {
  readonly made: Made;

  constructor(made: Made, reason: string) {
    super(reason);
    this.made = made;
  }
}
