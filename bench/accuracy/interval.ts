/** A count of so many, as a share, and where the true share lies with 95 % confidence. */
export interface Rate {
  readonly count: number;
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Of a normal distribution 95 % lie within so many deviations. */
const deviations = 1.96;

/**
 * Wilson's interval (E. B. Wilson, 1927). It holds for counts of 0 too, and is too narrow where what was counted hangs
 * together: pairs of few people.
 */
export function rate(count: number, of: number): Rate {
  if (of === 0) return { count, of, share: 0, low: 0, high: 1 };
  const share = count / of;
  const squared = deviations ** 2;
  const middle = (share + squared / (2 * of)) / (1 + squared / of);
  const reach =
    (deviations * Math.sqrt((share * (1 - share)) / of + squared / (4 * of * of))) / (1 + squared / of);
  return { count, of, share, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

/** As `3 of 4,410: 0.07 % (0.02–0.20)`. */
export function rateText({ count, of, share, low, high }: Rate): string {
  if (of === 0) return 'none';
  const percent = (value: number) => (100 * value).toFixed(value > 0 && value < 0.01 ? 3 : 1);
  return `${count} of ${of.toLocaleString('en')}: ${percent(share)} % (${percent(low)}–${percent(high)})`;
}
