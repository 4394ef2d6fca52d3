/** What was seen of one part of the house. */
export interface Finding {
  readonly well: boolean;
  /** What was seen, in a few words. */
  readonly says: string;
  /** What to do about it. */
  readonly todo?: string;
}

/** One look at one part; it knows nothing of the others. */
export interface Check {
  /** The part's name, as the host reads it. */
  readonly part: string;
  look(): Promise<Finding>;
}

export const well = (says: string): Finding => ({ well: true, says });
export const wrong = (says: string, todo: string): Finding => ({ well: false, says, todo });
