import type { Clock } from '../../party/clock.ts';

/** A client of the SDK, as far as its middleware goes. */
interface Client {
  readonly middlewareStack: {
    add(
      middleware: (
        next: (args: never) => Promise<{ response: unknown }>,
      ) => (args: never) => Promise<{ response: unknown }>,
      options: { step: 'deserialize'; priority: 'low'; name: string },
    ): void;
  };
}

/** Quartz in cheap boards strays by up to a tenth of a thousandth: per millisecond that passes. */
const drift = 1e-4;

/** What an AWS answer's `Date` leaves out: it is cut off to whole seconds. Milliseconds. */
const cutOff = 1000;

/**
 * The time by AWS's own clock, measured from the `Date` of its answers: a computer at home may have none that can be
 * believed, and records with wrong times would put guests before or after the party.
 *
 * Each answer says between which bounds AWS's clock lies (its `Date` is a whole second, and the answer took its time);
 * many answers together say it closely. This machine's clock is believed within these bounds. They are held against
 * its steady clock, which nobody sets: so when the clock of the day jumps, the time given here does not.
 */
export class AwsClock {
  readonly #wall: Clock;
  readonly #steady: Clock;
  /** AWS's time less the steady clock's lies between these, as of `at` by the steady clock. */
  #bounds: { readonly least: number; readonly most: number; readonly at: number } | undefined;

  /**
   * @param wall this machine's clock of the day, milliseconds since 1970
   * @param steady its clock that only ever goes on, milliseconds
   */
  constructor(wall: Clock = Date.now, steady: Clock = () => performance.now()) {
    this.#wall = wall;
    this.#steady = steady;
  }

  /** AWS's time as well as it is known, milliseconds since 1970; this machine's until AWS has answered once. */
  readonly now: Clock = () => {
    const wall = this.#wall();
    if (!this.#bounds) return wall;
    const { least, most } = this.#widened(this.#bounds);
    const steady = this.#steady();
    return Math.round(Math.min(Math.max(wall, steady + least), steady + most));
  };

  /** This machine's clock less AWS's, milliseconds; 0 when AWS's answers do not contradict it, undefined before any. */
  get offset(): number | undefined {
    return this.#bounds && this.#wall() - this.now();
  }

  /** Learns from every answer of a client, refusals too. */
  listenTo(client: unknown): void {
    (client as Client).middlewareStack.add(
      (next) => async (args) => {
        const asked = this.#steady();
        const answer = await next(args);
        const { headers } = answer.response as { headers?: Record<string, string> };
        const date = Date.parse(headers?.date ?? '');
        if (Number.isFinite(date)) this.answered(date, asked, this.#steady());
        return answer;
      },
      { step: 'deserialize', priority: 'low', name: 'learnAwsTime' },
    );
  }

  /**
   * Learns from one answer.
   *
   * @param date its `Date`, milliseconds since 1970
   * @param asked when it was asked for, and `answered` when it was there, by the steady clock
   */
  answered(date: number, asked: number, answered: number): void {
    const said = { least: date - answered, most: date + cutOff - asked };
    const known = this.#bounds && this.#widened(this.#bounds);
    const both = known && {
      least: Math.max(known.least, said.least),
      most: Math.min(known.most, said.most),
    };
    // What contradicts all before is the truth of now: the machine slept, and its steady clock with it.
    const bounds = both && both.least <= both.most ? both : said;
    this.#bounds = { ...bounds, at: answered };
  }

  /** Older knowledge is less sure. */
  #widened({ least, most, at }: { least: number; most: number; at: number }) {
    const strayed = Math.max(0, this.#steady() - at) * drift;
    return { least: least - strayed, most: most + strayed };
  }
}
