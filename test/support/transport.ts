/** How updates come from Telegram: it brings them, or is asked for them and the answer relayed. */
export type Transport = 'webhook' | 'polling';

let chosen: Transport = 'webhook';

/** By which the houses of this process get their updates. */
export const transport = (): Transport => chosen;

/** From now on, in this process. */
export function choose(other: Transport): void {
  chosen = other;
}
