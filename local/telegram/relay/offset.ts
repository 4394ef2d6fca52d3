import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The next update that a bot wants, kept on disk: what was handed on is never fetched again after a restart. */
export class OffsetFile {
  readonly #file: string;
  readonly #bot: string;

  /** The offset belongs to one bot; that of another one in the file is not used. */
  constructor(file: string, token: string) {
    this.#file = file;
    this.#bot = token.split(':', 1)[0] ?? '';
  }

  /** The offset; 0, all that waits, when there is none or it cannot be read. */
  async read(): Promise<number> {
    try {
      const { bot, offset } = JSON.parse(await readFile(this.#file, 'utf8')) as {
        bot?: unknown;
        offset?: unknown;
      };
      return bot === this.#bot && Number.isSafeInteger(offset) ? (offset as number) : 0;
    } catch {
      return 0;
    }
  }

  async write(offset: number): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    await writeFile(`${this.#file}.next`, JSON.stringify({ bot: this.#bot, offset }));
    await rename(`${this.#file}.next`, this.#file);
  }
}
