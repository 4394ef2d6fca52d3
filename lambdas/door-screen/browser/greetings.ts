import type { ScreenArrival } from '../../../party/door-screen/told.ts';
import { ArrivalQueue, type WaitingArrival } from './arrival-queue.ts';
import { kept } from './kept.ts';
import type { Player } from './player.ts';

/** How long a song plays, and a name stands that has none, in milliseconds. */
export const songLength = 40_000;
export const silentLength = 10_000;
/** The song's last seconds, in which it fades, in milliseconds. */
const fadeLength = 3_000;
const stepLength = 100;

/** What is shown now. */
export interface Greeting {
  readonly arrival: WaitingArrival | undefined;
  /** The names of those who are next. */
  readonly next: readonly string[];
  /** Whether the browser wants a tap before it plays anything. */
  readonly needsTap: boolean;
}

/** Greets one guest after the other: the name, and the song. */
export class Greetings {
  readonly #player: Player;
  readonly #onChange: (greeting: Greeting) => void;
  readonly #queue = new ArrivalQueue(kept.read<string[]>('shown', []));
  #current: WaitingArrival | undefined;
  /** When the greeting is over, milliseconds since 1970: a device that slept meanwhile goes on with the next. */
  #endsAt = 0;
  readonly #timer: ReturnType<typeof setInterval>;
  #plays = false;
  #needsTap = false;

  constructor(player: Player, onChange: (greeting: Greeting) => void) {
    this.#player = player;
    this.#onChange = onChange;
    this.#timer = setInterval(() => this.#step(), stepLength);
    void this.unlock();
  }

  /** The ids of all that need not be told of again. */
  get known(): readonly string[] {
    return this.#queue.told;
  }

  add(arrivals: readonly ScreenArrival[]): void {
    this.#queue.add(arrivals, Date.now());
    if (this.#current) this.#changed();
    else this.#next();
  }

  /** Somebody touched the page: from now on songs can be heard, first of all the one of whoever is greeted. */
  async unlock(): Promise<void> {
    if (this.#current?.song) return this.#play(this.#current);
    this.#needsTap = !(await this.#player.unlock());
    this.#changed();
  }

  /** Goes on with the next guest. */
  skip(): void {
    this.#next();
  }

  /** Greets nobody any more, and is silent. */
  close(): void {
    clearInterval(this.#timer);
    this.#current = undefined;
    this.#player.stop();
  }

  /** The song came to its end by itself. */
  songEnded(): void {
    if (this.#plays) this.#next();
  }

  #next(): void {
    this.#player.stop();
    this.#plays = false;
    const now = Date.now();
    this.#current = this.#queue.next(now);
    if (this.#current) {
      kept.write('shown', this.#queue.shown);
      this.#endsAt = now + silentLength;
      if (this.#current.song) void this.#play(this.#current);
    }
    this.#changed();
  }

  async #play(arrival: WaitingArrival): Promise<void> {
    const played = await this.#player.play(arrival.song!.address);
    if (this.#current !== arrival) return;
    this.#plays = played === 'plays';
    if (this.#plays) this.#endsAt = Date.now() + songLength;
    this.#needsTap = played === 'needs a tap';
    this.#changed();
  }

  #step(): void {
    if (!this.#current) return;
    const left = this.#endsAt - Date.now();
    if (left <= 0) this.#next();
    else if (this.#plays) this.#player.fade(Math.min(1, left / fadeLength));
  }

  #changed(): void {
    const next = this.#queue.waiting(Date.now()).map(({ name }) => name);
    this.#onChange({ arrival: this.#current, next, needsTap: this.#needsTap });
  }
}
