/**
 * The order in which a party plays its carols: a shuffle that only depends on the party, so that every Lambda
 * finds the same one without keeping it.
 *
 * @param carols ids of all carols
 * @param partyId the seed
 * @param turn 0 for the party's first guest without a song, then counting up; after the last carol, round again
 * @returns the id of the carol, or undefined when there are none
 */
export function carolOfTurn(carols: readonly string[], partyId: string, turn: number): string | undefined {
  const shuffled = [...carols].sort();
  const random = generator(partyId);
  // Fisher and Yates: each order is as likely as any other.
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled[turn % shuffled.length];
}

/** Numbers in [0, 1) that depend only on the seed: FNV-1a for the start, then mulberry32. */
function generator(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const char of seed) state = Math.imul(state ^ char.codePointAt(0)!, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
