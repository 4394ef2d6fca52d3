import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { pseudoParameters } from '../named.ts';
import { type Made, type Resource, resolved, type Template } from '../template.ts';
import { dependenciesOf, inOrder } from './order.ts';
import {
  MadeInPart,
  type ResourceHandlers,
  type ThereResource,
  type WantedResource,
} from './resource-handlers.ts';

/** Something that happened to a resource, or to the stack itself. */
export interface StackEvent {
  readonly id: string;
  readonly time: Date;
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

/** A resource of the stack, with what deletes it: the template that it came by. */
interface Held extends ThereResource {
  readonly source: Resource;
}

/** Whether what is deleted was whole once, or was made by what is being taken back. */
type Leaving = 'were' | 'never were';

/** How often CloudFormation tries to delete what an update has left over, before it leaves it. */
const cleanUpTries = 3;

/**
 * A stack as CloudFormation makes, changes and deletes it, as far as its documentation says: in the order of what
 * depends on what; rolled back when a resource fails; what an update leaves over deleted last of all; what is to be
 * retained left ("Stack failure options", "Update rollback failed", "DeletionPolicy attribute", and for custom resources
 * "crpg-ref"). What it does at once this does one after the other.
 */
export class StackModel {
  readonly name: string;
  readonly stackId: string;
  /** Oldest first. */
  readonly events: StackEvent[] = [];
  readonly #handlers: ResourceHandlers;
  readonly #held = new Map<string, Held>();
  #status = 'REVIEW_IN_PROGRESS';
  #outputs: Readonly<Record<string, string>> = {};
  #template: Template = { Resources: {}, Outputs: {} };
  /** What an update that could not be taken back still has to do. */
  #takeBack: { readonly former: ReadonlyMap<string, Held>; readonly leftOver: Held[] } | undefined;

  constructor(name: string, handlers: ResourceHandlers) {
    this.name = name;
    this.stackId = `arn:aws:cloudformation:eu-central-1:123456789012:stack/${name}/${randomUUID()}`;
    this.#handlers = handlers;
  }

  get status(): string {
    return this.#status;
  }

  /** As it was made last. */
  get template(): Template {
    return this.#template;
  }

  /** What there is, by logical id. */
  get resources(): ReadonlyMap<string, ThereResource> {
    return this.#held;
  }

  /** What `Outputs` said when it was whole last. */
  get outputs(): Readonly<Record<string, string>> {
    return this.#outputs;
  }

  /** Makes the stack. What fails has all of it deleted again, but for what is to be retained. */
  async create(template: Template): Promise<void> {
    this.#enter('CREATE_IN_PROGRESS', 'REVIEW_IN_PROGRESS');
    try {
      for (const id of inOrder(template)) await this.#create(template, id);
    } catch (failure) {
      this.#enter('ROLLBACK_IN_PROGRESS', this.#status, (failure as Error).message);
      const failed = await this.#removeAll([...this.#held.values()], 'never were');
      return this.#enter(failed.length > 0 ? 'ROLLBACK_FAILED' : 'ROLLBACK_COMPLETE');
    }
    this.#isNow(template);
    this.#enter('CREATE_COMPLETE');
  }

  /** Changes the stack. What fails has all of it changed back. */
  async update(template: Template): Promise<void> {
    this.#enter('UPDATE_IN_PROGRESS', /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/);
    const former = new Map(this.#held);
    const leftOver: Held[] = [];
    try {
      for (const id of inOrder(template)) await this.#change(template, id, leftOver);
    } catch (failure) {
      this.#enter('UPDATE_ROLLBACK_IN_PROGRESS', this.#status, (failure as Error).message);
      this.#takeBack = { former, leftOver };
      return this.#rollBack();
    }
    this.#enter('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    const gone = [...this.#held.keys()].filter((id) => !(id in template.Resources));
    leftOver.push(...gone.map((id) => this.#held.get(id)!));
    for (const id of gone) this.#held.delete(id);
    await this.#cleanUp(leftOver);
    this.#isNow(template);
    this.#enter('UPDATE_COMPLETE');
  }

  /** Goes on taking an update back that could not be. */
  async continueRollback(): Promise<void> {
    this.#enter('UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED');
    await this.#rollBack();
  }

  /** Deletes the stack. @param force leaves what cannot be deleted; only after it was tried in vain */
  async delete(force = false): Promise<void> {
    if (force && this.#status !== 'DELETE_FAILED')
      throw new Error('Only a stack that was not deleted can be forced.');
    this.#enter('DELETE_IN_PROGRESS', /^(?!.*_IN_PROGRESS$)|^REVIEW_IN_PROGRESS$/);
    const failed = await this.#removeAll([...this.#held.values()], 'were', force);
    if (failed.length > 0 && !force) return this.#enter('DELETE_FAILED');
    for (const { id } of failed) {
      this.#tell(this.#held.get(id)!, 'DELETE_SKIPPED');
      this.#held.delete(id);
    }
    this.#enter('DELETE_COMPLETE');
  }

  #isNow(template: Template): void {
    this.#template = template;
    const made = this.#made();
    const said = Object.entries(template.Outputs);
    this.#outputs = Object.fromEntries(
      said.map(([name, { Value }]) => [name, String(resolved(Value, made))]),
    );
  }

  async #rollBack(): Promise<void> {
    const { former, leftOver } = this.#takeBack!;
    for (const id of inOrder(this.#template)) {
      const there = this.#held.get(id);
      const before = former.get(id);
      if (!before || (there && isSame(there, before))) continue;
      if (there && there.made.ref !== before.made.ref) leftOver.push(there);
      else if (there) {
        this.#tell(before, 'UPDATE_IN_PROGRESS');
        try {
          await this.#handlers.update(before, there);
        } catch (failure) {
          this.#tell(before, 'UPDATE_FAILED', (failure as Error).message);
          return this.#enter('UPDATE_ROLLBACK_FAILED', this.#status, (failure as Error).message);
        }
      }
      this.#held.set(id, before);
      this.#tell(before, 'UPDATE_COMPLETE');
    }
    this.#enter('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    const added = [...this.#held.keys()].filter((id) => !former.has(id));
    const isFormer = (one: Held) => former.get(one.id)?.made.ref === one.made.ref;
    const toRemove = [...leftOver.filter((one) => !isFormer(one)), ...added.map((id) => this.#held.get(id)!)];
    for (const id of added) this.#held.delete(id);
    await this.#cleanUp(toRemove, 'never were');
    this.#takeBack = undefined;
    this.#enter('UPDATE_ROLLBACK_COMPLETE');
  }

  async #create(template: Template, id: string): Promise<void> {
    const source = template.Resources[id]!;
    const wanted = this.#wanted(id, source);
    this.#tell(wanted, 'CREATE_IN_PROGRESS');
    try {
      this.#hold({ ...wanted, source, made: await this.#handlers.create(wanted) });
    } catch (failure) {
      if (failure instanceof MadeInPart) this.#hold({ ...wanted, source, made: failure.made });
      this.#tell(wanted, 'CREATE_FAILED', (failure as Error).message);
      throw failure;
    }
    this.#tell(this.#held.get(id)!, 'CREATE_COMPLETE');
  }

  async #change(template: Template, id: string, leftOver: Held[]): Promise<void> {
    const source = template.Resources[id]!;
    const there = this.#held.get(id);
    if (!there) return this.#create(template, id);
    const wanted = this.#wanted(id, source);
    if (isDeepStrictEqual(wanted.properties, there.properties)) {
      this.#held.set(id, { ...there, source });
      return;
    }
    if (isReplaced(there, wanted)) {
      await this.#create(template, id);
      const { UpdateReplacePolicy = 'Delete' } = there.source;
      leftOver.push({ ...there, source: { ...there.source, DeletionPolicy: UpdateReplacePolicy } });
      return;
    }
    this.#tell(there, 'UPDATE_IN_PROGRESS');
    try {
      const made = await this.#handlers.update(wanted, there);
      this.#hold({ ...wanted, source, made });
      if (made.ref !== there.made.ref) leftOver.push(there);
    } catch (failure) {
      // It may be what it was, or half of what it was to be: it is changed back as well.
      this.#hold({ ...wanted, source, made: there.made });
      this.#tell(there, 'UPDATE_FAILED', (failure as Error).message);
      throw failure;
    }
    this.#tell(this.#held.get(id)!, 'UPDATE_COMPLETE');
  }

  /** Those that others need stay until these are gone, unless by force. @returns what could not be deleted */
  async #removeAll(all: readonly Held[], which: Leaving = 'were', force = false): Promise<Held[]> {
    const failed: Held[] = [];
    const waits = (one: Held) => !force && failed.some((other) => this.#needsOf(other, all).has(one.id));
    for (const one of this.#lastFirst(all)) {
      if (waits(one)) failed.push(one);
      else if (!(await this.#remove(one, which))) failed.push(one);
      else this.#held.delete(one.id);
    }
    return failed;
  }

  async #cleanUp(leftOver: readonly Held[], which: Leaving = 'were'): Promise<void> {
    for (const one of this.#lastFirst(leftOver))
      for (let tries = 1; !(await this.#remove(one, which)) && tries < cleanUpTries; tries++);
  }

  /** @returns whether it is gone, or to be left */
  async #remove(one: Held, which: Leaving): Promise<boolean> {
    const { DeletionPolicy } = one.source;
    if (DeletionPolicy === 'Retain' || (which === 'were' && DeletionPolicy === 'RetainExceptOnCreate')) {
      this.#tell(one, 'DELETE_SKIPPED');
      return true;
    }
    this.#tell(one, 'DELETE_IN_PROGRESS');
    try {
      await this.#handlers.remove(one);
    } catch (failure) {
      this.#tell(one, 'DELETE_FAILED', (failure as Error).message);
      return false;
    }
    this.#tell(one, 'DELETE_COMPLETE');
    return true;
  }

  #lastFirst(all: readonly Held[]): Held[] {
    const order = inOrder(templateOf(all));
    return all.toSorted((a, b) => order.indexOf(b.id) - order.indexOf(a.id));
  }

  #needsOf(one: Held, all: readonly Held[]): ReadonlySet<string> {
    return dependenciesOf(templateOf(all)).get(one.id) ?? new Set();
  }

  #wanted(id: string, { Type, Properties = {} }: Resource): WantedResource {
    const properties = resolved(Properties, this.#made()) as Record<string, unknown>;
    return { id, type: Type, properties };
  }

  #made(): Map<string, Made> {
    const made = pseudoParameters(this.name);
    for (const [id, one] of this.#held) made.set(id, one.made);
    return made;
  }

  #hold(one: Held): void {
    this.#held.set(one.id, one);
  }

  #tell(one: WantedResource & { readonly made?: Made }, status: string, reason?: string): void {
    this.#push({ logicalId: one.id, physicalId: one.made?.ref, type: one.type, status, reason });
  }

  /** @param from in which status it may be; @throws Error like CloudFormation's, in another one */
  #enter(status: string, from: string | RegExp = this.#status, reason?: string): void {
    if (typeof from === 'string' ? from !== this.#status : !from.test(this.#status))
      throw new Error(`Stack:${this.stackId} is in ${this.#status} state and can not be updated.`);
    this.#status = status;
    this.#push({
      logicalId: this.name,
      physicalId: this.stackId,
      type: 'AWS::CloudFormation::Stack',
      status,
      reason,
    });
  }

  #push({
    reason,
    ...event
  }: Omit<StackEvent, 'id' | 'time' | 'reason'> & { reason: string | undefined }): void {
    this.events.push({
      id: randomUUID(),
      time: new Date(),
      ...event,
      ...(reason !== undefined && { reason }),
    });
  }
}

const isSame = (one: ThereResource, other: ThereResource): boolean =>
  one.made.ref === other.made.ref && isDeepStrictEqual(one.properties, other.properties);

const templateOf = (all: readonly Held[]): Template => ({
  Resources: Object.fromEntries(all.map(({ id, source }) => [id, source])),
  Outputs: {},
});

/** Whether CloudFormation makes another one in its place: AWS's own data of which properties ask for that. */
function isReplaced(there: ThereResource, wanted: WantedResource): boolean {
  const only = ({ id, type, properties }: WantedResource) => ({
    Resources: { [id]: { Type: type, Properties: properties } },
  });
  return (
    fullDiff(only(there), only(wanted)).resources.get(wanted.id).changeImpact === ResourceImpact.WILL_REPLACE
  );
}
