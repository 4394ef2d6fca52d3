let last = 0n;

/**
 * A number of 47 digits, as Kinesis Video's are, that grows with time and is never given twice in this process; two
 * processes differ by their ids.
 */
export function fragmentNumber(now: number): string {
  const counted = BigInt(Math.round(now)) * 1_000n;
  last = counted > last ? counted : last + 1n;
  return `9134385233${last.toString().padStart(20, '0')}${String(process.pid).padStart(17, '0')}`;
}
