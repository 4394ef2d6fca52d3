import { type LookPace, lookPace, looksToKeep } from './look-pace.ts';
import type { Parties } from './parties.ts';
import type { PartyOfFrame } from './party-of-frame.ts';

/** Notes with the party whether the door is looked at often enough, by the moments of looks. */
export class NoteSlowness {
  readonly #parties: Pick<Parties, 'lookedAt'>;
  readonly #partyOfFrame: Pick<PartyOfFrame, 'lately'>;
  #looks: number[] = [];
  /** What is noted; undefined while this process does not know. */
  #pace: LookPace | undefined;

  constructor(parties: Pick<Parties, 'lookedAt'>, partyOfFrame: Pick<PartyOfFrame, 'lately'>) {
    this.#parties = parties;
    this.#partyOfFrame = partyOfFrame;
  }

  /**
   * The door was looked at. Where that changes nothing, nothing is asked and nothing written.
   *
   * @param moments of looks, in any order, milliseconds since 1970
   */
  async looked(moments: readonly number[]): Promise<void> {
    this.#looks = looksToKeep([...this.#looks, ...moments]);
    const pace = lookPace(this.#looks, this.#pace ?? 'enough');
    if (pace === undefined || pace === this.#pace) return;
    const party = await this.#partyOfFrame.lately();
    const newest = Math.max(...this.#looks);
    if (party && newest > party.startedAt) await this.#parties.lookedAt(party, pace, newest);
    this.#pace = pace;
  }
}
