import type { Key, Table } from '../stores/table.ts';

const key: Key = { pk: 'PULSE', sk: 'camera' };

/**
 * What is wrong with the camera, in words for hosts and without its address: written by whoever has the camera also while
 * nobody watches the door, and read by the chat then. Of a door that is watched, the recognition says it.
 */
export class CameraTrouble {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** @returns undefined while all is well, and where nobody says so */
  async read(): Promise<string | undefined> {
    return (await this.#table.get<{ readonly problem: string }>(key))?.problem;
  }

  /** @param problem undefined when all is well */
  async write(problem: string | undefined): Promise<void> {
    if (problem === undefined) await this.#table.delete(key);
    else await this.#table.put({ ...key, problem });
  }
}
