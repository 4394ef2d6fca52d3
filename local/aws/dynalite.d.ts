/** dynalite ships no types. These are of what is used here. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface DynaliteOptions {
    /** The folder of its LevelDB; in memory if absent. */
    readonly path?: string;
    /** How long a table is CREATING, DELETING, UPDATING, in milliseconds; 500 by default. */
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }

  /** A server of DynamoDB that is not listening yet. Closing it closes the database. */
  export default function dynalite(options?: DynaliteOptions): Server;
}
