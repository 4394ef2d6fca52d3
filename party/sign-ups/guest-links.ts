import { createHash, randomBytes } from 'node:crypto';
import { day, expiry } from '../clock.ts';
import type { Services } from '../services.ts';
import type { Key } from '../stores/table.ts';
import { guestLinksPartition, personKey } from './link-tries.ts';

/** A link that no party ended is over after that. */
export const longestLink = 60 * day;
/** Whoever opens one that is over is told so, and not that they are a stranger. */
const rememberedFor = 7 * day;
/** So many people can sign up by one link: more than a home holds, and no more faces than a stranger's joke may cost. */
export const mostPeople = 60;

/** Begins the code of every such link, so that it is told from a co-host's. */
const prefix = 'guest-';

/** A link by which guests add themselves. */
export interface GuestLink {
  /** Of no use to whoever wants to open it. */
  readonly id: string;
  /** The host who made it. */
  readonly invitedBy: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** How many have signed up by it. */
  readonly people?: number;
  /** When its host ended it. */
  readonly endedAt?: number;
  /** Seconds since 1970. */
  readonly expiresAt: number;
  /** The group whose requests to join it answers; it is no link then, and nobody has its code. */
  readonly groupId?: number;
  /** The message with the link, once sent. */
  readonly message?: { readonly chatId: number; readonly messageId: number };
}

type LinkServices = Pick<Services, 'table' | 'now' | 'hosts' | 'parties'>;

/**
 * The links by which guests add themselves: each for many people, until the next party is over, its host ends it, or is
 * a host no more. Only a hash of the code is kept, so that nobody who can read the table can use it.
 */
export class GuestLinks {
  readonly #services: LinkServices;

  constructor(services: LinkServices) {
    this.#services = services;
  }

  /**
   * @returns the code that a deep link carries: 38 characters of those that it may
   * (core.telegram.org/bots/features#deep-linking)
   */
  async create(
    invitedBy: number,
    groupId?: number,
  ): Promise<{ readonly code: string; readonly link: GuestLink }> {
    const { table, now } = this.#services;
    const code = `${prefix}${randomBytes(24).toString('base64url')}`;
    const expiresAt = expiry(now(), longestLink + rememberedFor);
    const link: GuestLink = {
      id: idOf(code),
      invitedBy,
      createdAt: now(),
      expiresAt,
      ...(groupId !== undefined && { groupId }),
    };
    await table.put({ ...linkKey(link.id), ...link });
    return { code, link };
  }

  /** The link of a code, over or not; undefined when there is none. */
  async withCode(code: string): Promise<GuestLink | undefined> {
    return isGuestCode(code) ? this.get(idOf(code)) : undefined;
  }

  async get(id: string): Promise<GuestLink | undefined> {
    return this.#services.table.get<GuestLink>(linkKey(id));
  }

  /** Those that are not forgotten yet, the newest last. */
  async list(): Promise<GuestLink[]> {
    const links = await this.#services.table.query<GuestLink>(guestLinksPartition, 'link#');
    return links.sort((a, b) => a.createdAt - b.createdAt);
  }

  /** The link of a host that is open now. */
  async openOf(invitedBy: number): Promise<GuestLink | undefined> {
    return this.#newestOpen((link) => link.invitedBy === invitedBy && link.groupId === undefined);
  }

  /** What answers a group's requests to join now: what a host opened there, or else the party that is on there. */
  async ofGroup(groupId: number): Promise<GuestLink | undefined> {
    const opened = await this.#newestOpen((link) => link.groupId === groupId);
    if (opened) return opened;
    const party = await this.#services.parties.on();
    if (party?.chatId !== groupId) return undefined;
    // What a host has ended stays so, as long as that party lasts.
    const isEnded = (await this.list()).some(
      (link) => link.groupId === groupId && (link.endedAt ?? 0) > party.startedAt,
    );
    return isEnded ? undefined : (await this.create(party.startedBy, groupId)).link;
  }

  /** Leaves a group's requests to its administrators. */
  async endOfGroup(groupId: number): Promise<void> {
    const link = await this.ofGroup(groupId);
    if (link) await this.end(link);
  }

  async #newestOpen(is: (link: GuestLink) => boolean): Promise<GuestLink | undefined> {
    for (const link of (await this.list()).filter(is).reverse()) if (await this.isOpen(link)) return link;
    return undefined;
  }

  /** Whether people can sign up by it. */
  async isOpen(link: GuestLink): Promise<boolean> {
    return link.endedAt === undefined && !(await this.isOver(link));
  }

  /**
   * Whether it is of no use to anybody any more: then nobody waits for an answer either, as they do when its host ended
   * it.
   */
  async isOver({ invitedBy, createdAt }: GuestLink): Promise<boolean> {
    const { now, hosts, parties } = this.#services;
    if (createdAt + longestLink <= now()) return true;
    const [isHost, on, last] = await Promise.all([
      hosts.has(invitedBy),
      parties.latest(),
      parties.lastPast(),
    ]);
    const isPartyOver =
      (last && last.endedAt > createdAt) || (on && on.endsAt <= now() && on.endsAt > createdAt);
    return !isHost || Boolean(isPartyOver);
  }

  /** Remembers which message shows it. */
  async shownIn({ id }: GuestLink, message: NonNullable<GuestLink['message']>): Promise<void> {
    await this.#services.table.update(linkKey(id), 'SET #message = :message', { message }, exists);
  }

  /** Ends it. Safe to repeat. */
  async end({ id }: Pick<GuestLink, 'id'>): Promise<void> {
    const { table, now } = this.#services;
    await table.update(linkKey(id), 'SET #endedAt = if_not_exists(#endedAt, :now)', { now: now() }, exists);
  }

  /**
   * Counts somebody who signs up by it, once.
   *
   * @returns false when so many have that there is no room for more
   */
  async takePlace({ id, expiresAt }: GuestLink, userId: number): Promise<boolean> {
    const { table } = this.#services;
    const person = personKey(id, userId);
    if (!(await table.put({ ...person, expiresAt }, 'attribute_not_exists(#pk)'))) return true;
    const values = { one: 1, most: mostPeople };
    const isRoom = `${exists} AND (attribute_not_exists(#people) OR #people < :most)`;
    if (await table.update(linkKey(id), 'ADD #people :one', values, isRoom)) return true;
    await table.delete(person);
    return false;
  }
}

/** Whether the code of a deep link is one of these links', over or not. */
export const isGuestCode = (code: string): boolean => code.startsWith(prefix);

const exists = 'attribute_exists(#pk)';
const idOf = (code: string): string => createHash('sha256').update(code).digest('base64url').slice(0, 22);
const linkKey = (id: string): Key => ({ pk: guestLinksPartition, sk: `link#${id}` });
