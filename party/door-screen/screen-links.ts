import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Clock, day, expiry } from '../clock.ts';
import type { Key, Table } from '../stores/table.ts';

/** A link to the door screen. Its token is not kept, so it can be shown once only. */
export interface ScreenLink {
  /** What stands on the screen while nobody arrives. */
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly validUntil: number;
  /** What its address began with when it was shown; a house on one machine may have another after a restart. */
  readonly root?: string;
  /** The chat message with the link, once sent. */
  readonly message?: { readonly chatId: number; readonly messageId: number };
}

interface LinkItem extends ScreenLink {
  /** SHA-256 of the token, in base64url. */
  readonly hash: string;
}

/** The party's day. */
const linkSpan = day;

const key: Key = { pk: 'SCREEN', sk: 'link' };

/**
 * The link to the door screen: one at a time, for the party's day. Whoever has its token sees who arrives, so only the
 * token's hash is kept: nobody who can read the table can use it.
 */
export class ScreenLinks {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  /**
   * Makes a new link; the one of before ends.
   *
   * @param root what its address begins with
   * @returns its token: 43 characters that a path may have
   */
  async create(title: string, root?: string): Promise<ScreenLink & { readonly token: string }> {
    const token = randomBytes(32).toString('base64url');
    const validUntil = this.#now() + linkSpan;
    const hash = hashOf(token).toString('base64url');
    const item: LinkItem = { title, validUntil, hash, ...(root !== undefined && { root }) };
    await this.#table.put({ ...key, ...item, expiresAt: expiry(validUntil, 0) });
    return { title, validUntil, token };
  }

  /** Has the screen say something else. @returns the link; undefined when none is valid */
  async rename(title: string): Promise<ScreenLink | undefined> {
    const values = { title, now: this.#now() };
    return this.#table.update<LinkItem>(key, 'SET #title = :title', values, '#validUntil > :now');
  }

  /** Remembers which message shows the link. */
  async shownIn({ validUntil }: ScreenLink, message: ScreenLink['message']): Promise<void> {
    const values = { message, validUntil };
    await this.#table.update(key, 'SET #message = :message', values, '#validUntil = :validUntil');
  }

  /** The link that is valid now. */
  async current(): Promise<ScreenLink | undefined> {
    return this.#valid();
  }

  /** Whether the address that was shown leads to the screen, which is there now. */
  static isAt({ root }: ScreenLink, now: string): boolean {
    return root === undefined || root === now;
  }

  /** Ends the link. */
  async takeBack(): Promise<void> {
    await this.#table.delete(key);
  }

  /** The link with this token, if it is valid now. How long it takes does not tell how much of a token was right. */
  async open(token: string): Promise<ScreenLink | undefined> {
    if (!tokenPattern.test(token)) return undefined;
    const link = await this.#valid();
    if (!link) return undefined;
    return timingSafeEqual(hashOf(token), Buffer.from(link.hash, 'base64url')) ? link : undefined;
  }

  async #valid(): Promise<LinkItem | undefined> {
    const link = await this.#table.get<LinkItem>(key);
    return link && link.validUntil > this.#now() ? link : undefined;
  }
}

/** Whatever else is given costs no look into the table. */
const tokenPattern = /^[\w-]{43}$/;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
