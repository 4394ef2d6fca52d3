/** A source of chance that gives the same numbers for the same seed. */
export interface Random {
  /** Evenly spread, from 0 up to 1. */
  next(): number;
  /** Bell-shaped around 0, between -1 and 1, with a standard deviation of a third. */
  bell(): number;
}

/** Tommy Ettinger's Mulberry32 generator (public domain): 32 bits of state, enough for music. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  // Three even numbers added up are close enough to a bell, and never stray.
  return { next, bell: () => (next() + next() + next()) / 1.5 - 1 };
}
