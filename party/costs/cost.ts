import type { Price } from './prices.ts';

/** What something costs, in US dollars: between two amounts, which are one where all prices are known. */
export interface Cost {
  readonly from: number;
  readonly to: number;
}

export const nothing: Cost = { from: 0, to: 0 };

/** So many units at a price. */
export function costOf(units: number, { dollars }: Price): Cost {
  const [from, to] = typeof dollars === 'number' ? [dollars, dollars] : dollars;
  return { from: units * from, to: units * to };
}

/** All of them together. */
export const sum = (costs: readonly Cost[]): Cost =>
  costs.reduce((all, one) => ({ from: all.from + one.from, to: all.to + one.to }), nothing);
