import { createRequire } from 'node:module';
import type Dynalite from 'dynalite';

/** The database below dynalite (classic-level), as far as it is used here. */
export interface Level {
  readonly location: string;
  /** Rejects when the files cannot be opened. */
  open(): Promise<void>;
  close(): Promise<void>;
}

type Operation = 'put' | 'get' | 'del' | 'batch';
type LevelClass = { new (location: string, options: object): Level; readonly prototype: Level };

const requireHere = createRequire(import.meta.url);
const requireThere = createRequire(requireHere.resolve('dynalite'));
const level = requireThere('level') as { Level: LevelClass };

/** The databases that are open, by their folders; and those whose files could not be written or read. */
const opened = new Map<string, Level>();
const failed = new WeakSet<Level>();

/**
 * Of an error without a status, dynalite thinks that it cannot happen: it throws it out of a callback of its own,
 * and the whole program ends. A disk can be full, so each failure gets a status here, and dynalite answers it.
 */
class AnsweringLevel extends level.Level {
  constructor(location: string, options: object) {
    super(location, options);
    opened.set(location, this);
    for (const name of ['put', 'get', 'del', 'batch'] as const) this.#answering(name);
  }

  #answering(name: Operation): void {
    const methods = this as unknown as Record<Operation, (...args: unknown[]) => Promise<unknown>>;
    const operate = methods[name].bind(this);
    methods[name] = async (...args) => {
      try {
        return await operate(...args);
      } catch (error) {
        failed.add(this);
        const body = {
          __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
          message: String(error),
        };
        throw Object.assign(new Error('The database failed.', { cause: error }), { statusCode: 500, body });
      }
    };
  }
}
level.Level = AnsweringLevel;

/** dynalite, whose databases are of the kind above: it takes the class while it is loaded. */
export const dynalite = requireHere('dynalite') as typeof Dynalite;

/** The database that dynalite has opened in a folder. */
export const levelIn = (folder: string): Level => opened.get(folder)!;

/** Whether an operation on it has failed. Its log may then end in half a record: it takes no more until it is reopened. */
export const hasFailed = (database: Level): boolean => failed.has(database);
