import type { Attempts } from './attempts.ts';
import type { SendingServices } from './delivery.ts';
import type { Turn } from './destinations.ts';
import { isDue, type PendingMessage } from './outbox.ts';

/** How long who looks for pending messages may send. */
export interface Patience {
  /** No message is begun after this, milliseconds since 1970. */
  readonly until: number;
  /** Whether to wait for a chat that will take messages again before that. */
  readonly waits?: boolean;
  /** Only one chat's. */
  readonly chatId?: number;
}

/** Sends what waits, one message after another, in the chat's order, and one sender at a time. */
export class PendingSender {
  readonly #services: SendingServices;
  readonly #attempts: Attempts;

  constructor(services: SendingServices, attempts: Attempts) {
    this.#services = services;
    this.#attempts = attempts;
  }

  /** Sends what is pending in a chat, until there is no more, or no time. What another has to send ends it too. */
  async send(chatId: number, { until, waits = false }: Patience): Promise<void> {
    const { outbox, destinations, now, pause } = this.#services;
    for (;;) {
      const next = nextOf(await outbox.pending(chatId), now());
      if (!next || !this.#attempts.can(next)) return;
      const { place, heldUntil = 0, isBehind } = await destinations.of(next.place);
      // What waits may not be sent yet, and is no reason for others to wait.
      if (isBehind && heldUntil === 0 && !isDue(next, now()))
        await (await destinations.takeTurn(place.chatId))?.finish();
      const opens = Math.max(isDue(next, now()) ? 0 : next.notBefore, heldUntil) + 1;
      if (opens > until || now() > until) return;
      if (opens > now()) {
        if (!waits) return;
        await pause(opens - now());
        continue;
      }
      const turn = await destinations.takeTurn(place.chatId);
      if (!turn || !(await this.#inTurn(turn, chatId, until))) return;
    }
  }

  /** @returns true when there may be more for whoever has the next turn */
  async #inTurn(turn: Turn, chatId: number, until: number): Promise<boolean> {
    const { destinations, now } = this.#services;
    try {
      for (;;) {
        const due = await this.#due(chatId);
        const [next] = due;
        if (!next) {
          await turn.finish();
          // Who came meanwhile found the turn taken, and left it to this one.
          return (await this.#due(chatId)).length > 0;
        }
        if (!this.#attempts.can(next) || now() > until) return false;
        const to = await destinations.of(next.place);
        if (to.heldUntil !== undefined || to.place.chatId !== turn.chatId) return true;
        if (!(await turn.renew())) return false;
        await this.#attempts.sendNext(due, to);
      }
    } finally {
      await turn.release();
    }
  }

  async #due(chatId: number): Promise<PendingMessage[]> {
    const { outbox, now } = this.#services;
    return (await outbox.pending(chatId)).filter((one) => isDue(one, now()));
  }
}

/** The first of those that may be sent now, in their order; or else the one that may be sent soonest. */
function nextOf(pending: readonly PendingMessage[], now: number): PendingMessage | undefined {
  const due = pending.find((one) => isDue(one, now));
  return due ?? [...pending].sort((a, b) => a.notBefore - b.notBefore)[0];
}
