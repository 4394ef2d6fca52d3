import { writeFileAtomic } from '../../disk/atomic-file.ts';
import { readOrBegin } from '../../disk/made-anew.ts';

/** Telegram keeps updates for a day, so an older offset guards nothing. */
const lifeMs = 24 * 60 * 60 * 1000;

interface Kept {
  readonly bot: string;
  readonly offset: number;
  /** When the last update was handed on; milliseconds since the epoch. */
  readonly at: number;
}

/** The next update that a bot wants, kept on disk: what was handed on is not handed on again after a restart. */
export class Offset {
  readonly #file: string;
  readonly #bot: string;
  #kept: Kept | undefined;

  /** The offset belongs to one bot; another one's in the file is not used, nor one that cannot be read. */
  constructor(file: string, token: string) {
    this.#file = file;
    this.#bot = token.split(':', 1)[0] ?? '';
    this.#kept = readOrBegin(file, isKept, { lost: 'how far the updates were read; none is handled twice' });
  }

  /**
   * The offset to ask with; 0, all that waits, when there is none. After a week without updates Telegram
   * begins its numbers anew (Bot API, *Update*), so one that is over a day old is let go, and one that is from a time
   * still to come: nobody knows how old that is.
   */
  get next(): number {
    const kept = this.#kept;
    if (kept === undefined || kept.bot !== this.#bot) return 0;
    const age = Date.now() - kept.at;
    return age >= 0 && age < lifeMs ? kept.offset : 0;
  }

  /** Notes that an update was handed on. */
  async pass(updateId: number): Promise<void> {
    this.#kept = { bot: this.#bot, offset: updateId + 1, at: Date.now() };
    await writeFileAtomic(this.#file, JSON.stringify(this.#kept), { durable: false });
  }
}

function isKept(value: unknown): value is Kept {
  const { bot, offset, at } = (value ?? {}) as Partial<Kept>;
  return typeof bot === 'string' && Number.isSafeInteger(offset) && Number.isFinite(at);
}
