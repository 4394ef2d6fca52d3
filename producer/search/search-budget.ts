import { minute } from '../../party/clock.ts';
import type { Box } from '../../vision/face.ts';

/** What a search costs is bounded by these. */
export const budget = {
  /** Calls for one person who comes into the picture. */
  track: 5,
  /** Further calls for one of whom a sighting waits for its second: that is hardly a stranger. */
  confirmation: 3,
  /** Calls for one place in the picture, within a minute: whatever stands, hangs or flickers there. */
  place: 30,
} as const;

/** A call that searches a face. */
export interface Call {
  /** The face's track then: its person may come back as another before there is an answer. */
  readonly track: number;
  /** The picture's time, milliseconds since 1970. */
  readonly time: number;
  /** Where the face is in the picture, in pixels. */
  readonly box: Box;
}

/** The calls of the last minute, wherever in the picture they were for. */
export class RecentCalls {
  #calls: Call[] = [];

  /** Whether a further call is within the budget of its place. */
  haveRoomFor({ time, box }: Call): boolean {
    this.#calls = this.#calls.filter((call) => time - call.time < minute);
    return this.#calls.filter((call) => isNear(call.box, box)).length < budget.place;
  }

  add(call: Call): void {
    this.#calls.push(call);
  }

  /** Takes out a call that has cost nothing. */
  remove(call: Call): void {
    this.#calls = this.#calls.filter((kept) => kept !== call);
  }
}

/** Within a face's width of each other. */
function isNear(a: Box, b: Box): boolean {
  const reach = Math.max(a.width, b.width, a.height, b.height);
  return (
    Math.abs(a.left + a.width / 2 - b.left - b.width / 2) <= reach &&
    Math.abs(a.top + a.height / 2 - b.top - b.height / 2) <= reach
  );
}
