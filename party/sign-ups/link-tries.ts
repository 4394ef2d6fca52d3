import { createHash } from 'node:crypto';
import type { Key, Table } from '../stores/table.ts';

/** Where links and who used them stand in the table. */
export const guestLinksPartition = 'GUESTLINKS';

/**
 * How often somebody may try, by one link: a photo costs a look at it, a song a download, and a host is asked by a
 * card.
 */
export const mostTries = { photos: 10, songs: 10, cards: 15 } as const;

/** What somebody tries. */
export type Tried = keyof typeof mostTries;

/** What is known of somebody by a link, though they are forgotten: neither name nor number, but a hash of the number. */
interface Person extends Partial<Readonly<Record<Tried, number>>> {
  readonly isDeclined?: boolean;
}

/**
 * How often somebody has tried by a link, and whether the host said no. It stays, for as long as the link, when all else
 * of them is forgotten: or whoever is forgotten could begin anew without end.
 */
export class LinkTries {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Counts a try. @returns false when there were too many */
  async take(linkId: string, userId: number, what: Tried): Promise<boolean> {
    const values = { one: 1, most: mostTries[what] };
    const isLeft = `attribute_exists(#pk) AND (attribute_not_exists(#${what}) OR #${what} < :most)`;
    return (
      (await this.#table.update(personKey(linkId, userId), `ADD #${what} :one`, values, isLeft)) !== undefined
    );
  }

  async isDeclined(linkId: string, userId: number): Promise<boolean> {
    return (await this.#table.get<Person>(personKey(linkId, userId)))?.isDeclined === true;
  }

  /** The ids of the links by which a host said no to somebody. */
  async declinedBy(userId: number): Promise<string[]> {
    const people = await this.#table.query<Person>(guestLinksPartition, personPrefix);
    return people.flatMap(({ sk, isDeclined }) => {
      const linkId = sk.slice(personPrefix.length).split('#')[0]!;
      return isDeclined === true && sk === personKey(linkId, userId).sk ? [linkId] : [];
    });
  }

  /** Notes that a host said no, or takes that back. */
  async setDeclined(linkId: string, userId: number, isDeclined: boolean): Promise<void> {
    const change = 'SET #isDeclined = :isDeclined';
    await this.#table.update(personKey(linkId, userId), change, { isDeclined }, 'attribute_exists(#pk)');
  }
}

const personPrefix = 'person#';

/** Where somebody stands who used a link. */
export function personKey(linkId: string, userId: number): Key {
  const hash = createHash('sha256').update(`${linkId} ${userId}`).digest('base64url').slice(0, 22);
  return { pk: guestLinksPartition, sk: `${personPrefix}${linkId}#${hash}` };
}
