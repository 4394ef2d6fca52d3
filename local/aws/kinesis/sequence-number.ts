const digits = 56;
const counterDigits = 40;

/** Comes before every sequence number: reading after it begins at the oldest record kept. */
export const beforeFirst = '0'.repeat(digits);

/**
 * The next sequence number of a shard: 56 digits, as AWS writes them, made of the time and a counter.
 * All have one length, so that they compare as text; each is greater than `last` even when the clock goes
 * back, and numbers of a log that was deleted and begun anew are greater than those before.
 */
export function nextSequenceNumber(last: string, now: number): string {
  const ofTime = BigInt(
    `49${String(now).padStart(digits - counterDigits - 2, '0')}${'0'.repeat(counterDigits)}`,
  );
  const afterLast = BigInt(last) + 1n;
  return toText(afterLast > ofTime ? afterLast : ofTime);
}

/** The number just before this one: reading after it includes the record of this one. */
export function precedingSequenceNumber(sequenceNumber: string): string {
  const number = BigInt(sequenceNumber);
  return toText(number > 0n ? number - 1n : 0n);
}

/** Whether a text can be a sequence number of ours. */
export function isSequenceNumber(text: string): boolean {
  return text.length === digits && /^\d+$/.test(text);
}

const toText = (number: bigint): string => number.toString().padStart(digits, '0');
