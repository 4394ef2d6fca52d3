import { createHash, randomBytes } from 'node:crypto';
import { type Clock, day, expiry } from '../clock.ts';
import type { Key, Table } from '../stores/table.ts';

/** A link that lies about longer than that is worth nothing to whoever finds it. */
export const invitationSpan = day;
/** Whoever opens one that is over is told so, and not that they are a stranger. */
const rememberedFor = 7 * day;

/** An invitation that was made. */
export interface NewInvitation {
  /** 32 characters of those that a deep link may have (core.telegram.org/bots/features#deep-linking). */
  readonly code: string;
  /** By which it can be taken back; of no use to whoever wants to open it. */
  readonly id: string;
}

/** What became of opening an invitation. */
export type InvitationOpened =
  /** @property invitedBy the user who made it */
  | { readonly outcome: 'accepted'; readonly invitedBy: number }
  /** Somebody used it, or its time is over. */
  | { readonly outcome: 'over' }
  | { readonly outcome: 'unknown' };

interface Invitation {
  readonly invitedBy: number;
  /** Milliseconds since 1970. */
  readonly validUntil: number;
  readonly usedBy?: number;
}

/**
 * Invitations to become a co-host: each a code that works once, for a day. Only its hash is kept, so that nobody who can
 * read the table can use it.
 */
export class Invitations {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  async create(invitedBy: number): Promise<NewInvitation> {
    const code = randomBytes(24).toString('base64url');
    const id = idOf(code);
    const expiresAt = expiry(this.#now(), rememberedFor);
    const invitation: Invitation = { invitedBy, validUntil: this.#now() + invitationSpan };
    await this.#table.put({ ...invitationKey(id), ...invitation, expiresAt });
    return { code, id };
  }

  /** @returns false when it was used already, or is not there */
  async takeBack(id: string): Promise<boolean> {
    const change = 'SET #validUntil = :now';
    const unused = 'attribute_exists(#pk) AND attribute_not_exists(#usedBy)';
    return (await this.#table.update(invitationKey(id), change, { now: this.#now() }, unused)) !== undefined;
  }

  /** Forgets those by which a user became a host: whoever is removed needs a new one. */
  async forgetUsedBy(userId: number): Promise<void> {
    for (const { pk, sk, usedBy } of await this.#table.query<Invitation>('HOSTS', 'invitation#'))
      if (usedBy === userId) await this.#table.delete({ pk, sk });
  }

  /** Uses an invitation up. The same user may come again, so that what was cut short can be finished. */
  async open(code: string, userId: number): Promise<InvitationOpened> {
    const now = this.#now();
    const invitation = await this.#table.update<Invitation>(
      invitationKey(idOf(code)),
      'SET #usedBy = :userId',
      { userId, now },
      '#validUntil > :now AND (attribute_not_exists(#usedBy) OR #usedBy = :userId)',
    );
    if (invitation) return { outcome: 'accepted', invitedBy: invitation.invitedBy };
    const known = await this.#table.get<Invitation>(invitationKey(idOf(code)));
    return { outcome: known ? 'over' : 'unknown' };
  }
}

const idOf = (code: string): string => createHash('sha256').update(code).digest('base64url');
const invitationKey = (id: string): Key => ({ pk: 'HOSTS', sk: `invitation#${id}` });
