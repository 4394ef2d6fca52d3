import type { Cost } from '../party/costs/cost.ts';

const cent = 0.01;
const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

/** `about $0.21`, or `between $2.45 and $36.00` where a price is not known. */
function amount({ from, to }: Cost): string {
  if (to < cent) return 'less than a cent';
  if (dollars(from) === dollars(to)) return `about ${dollars(to)}`;
  return from < cent ? `up to ${dollars(to)}` : `between ${dollars(from)} and ${dollars(to)}`;
}

/** What hosts read of what a party costs them, in private. */
export const costText = {
  soFar: (cost: Cost): string => `Cost so far: ${amount(cost)}.`,
  inAll: (cost: Cost): string => `It cost ${amount(cost)}.`,
} as const;
