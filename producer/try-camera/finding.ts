import type { Setting } from './makers.text.ts';

/** One thing that was found: what it is, whether it will do, and if not what to do. */
export interface Finding {
  /** `note`: it will do, and is worth knowing. */
  readonly verdict: 'right' | 'wrong' | 'note';
  readonly what: string;
  readonly advice?: string;
  /** The camera's setting that the advice is about. */
  readonly setting?: Setting;
}
