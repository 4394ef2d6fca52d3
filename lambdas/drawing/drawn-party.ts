import type { RatioBox } from '../../party/record/record.ts';

/** A guest of a recap's picture. */
export interface DrawnGuest {
  readonly name: string;
  /** When the guest came, milliseconds since 1970, and as people write it. */
  readonly time: number;
  readonly clock: string;
  /** The camera's picture of the arrival, JPEG; undefined when there is none (any more). */
  readonly picture: () => Promise<Uint8Array | undefined>;
  /** Where in it the guest is. */
  readonly box?: RatioBox | undefined;
}

/** What there is to draw of a party. Times are milliseconds since 1970, with how people write them. */
export interface DrawnParty {
  /** What the party is called, best first: the first that the font can write is written. */
  readonly names: readonly string[];
  readonly when: string;
  readonly from: { readonly time: number; readonly clock: string };
  readonly to: { readonly time: number; readonly clock: string };
  /** In the order in which they came. */
  readonly guests: readonly DrawnGuest[];
}
