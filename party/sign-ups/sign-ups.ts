import type { NewSong } from '../songs/add-song.ts';
import type { Key, Table } from '../stores/table.ts';

/** A file at the messenger, by which it can be fetched. */
export interface SentFile {
  readonly fileId: string;
  readonly uniqueId: string;
  /** Bytes, when the messenger says. */
  readonly size?: number;
  /** A photo that was sent as a file, and can be sent on only as that. */
  readonly isFile?: true;
}

/** A music file that a guest sent. */
export interface SentMusic extends Omit<NewSong, 'bytes' | 'dropTags'> {
  readonly file: SentFile;
  /** Whether its `fileId` can be sent as music. */
  readonly playable: boolean;
  readonly dropTags: boolean;
}

/** What is to play for a guest: a file of theirs, one of the house's songs, or whatever carol it may be. */
export type ChosenSong =
  | { readonly from: 'guest'; readonly music: SentMusic }
  | { readonly from: 'shelf'; readonly songId: string }
  | { readonly from: 'surprise' };

/**
 * Somebody who adds themselves. Until a host welcomes them, photo and song are at the messenger alone: nothing of them is
 * in the bucket, and no face of theirs in any collection.
 */
export interface SignUp {
  readonly userId: number;
  /** The private chat with them. */
  readonly chatId: number;
  readonly name: string;
  /** Without its @. */
  readonly username?: string;
  readonly linkId: string;
  /** The host who is asked. */
  readonly invitedBy: number;
  /** When they read what happens to their face, and agreed; milliseconds since 1970. */
  readonly agreedAt: number;
  /** The group that they have asked to join. */
  readonly groupId?: number;
  /** The message with the question that they are asked. */
  readonly questionId?: number;
  readonly photo?: SentFile;
  readonly song?: ChosenSong;
  /** Which asking of the host it is, while the host is asked. */
  readonly ask?: number;
  /** The card in the host's chat. */
  readonly card?: { readonly chatId: number; readonly messageId: number };
  /** The photo's id by its content, while a host welcomes them. */
  readonly photoId?: string;
  /** The guest that they became. */
  readonly guestId?: string;
  /** They know that they are on the list. */
  readonly isTold?: true;
  /** The song that came with them, and was none of the house's before. */
  readonly broughtSongId?: string;
}

/** What is still wanted of somebody, or awaited. */
export type SignUpStep = 'photo' | 'song' | 'answer' | 'welcomed';

/** How far a sign-up is. */
export function stepOf({ photo, song, guestId }: SignUp): SignUpStep {
  if (guestId !== undefined) return 'welcomed';
  if (!photo) return 'photo';
  return song ? 'answer' : 'song';
}

/** Of each what it is to be, or undefined for none. */
export type SignUpChange = { readonly [Name in keyof SignUp]?: SignUp[Name] | undefined };

const pk = 'SIGNUPS';
const prefix = 'user#';
const keyOf = (userId: number): Key => ({ pk, sk: `${prefix}${userId}` });
const exists = 'attribute_exists(#pk)';

/** A card that asks a host, in the outbox. */
export const cardKey = (userId: number, ask: number): Key => ({ pk, sk: `card#${userId}#${ask}` });

/** Those who add themselves, by their Telegram number. */
export class SignUps {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** @returns false when they have begun already */
  async add(signUp: SignUp): Promise<boolean> {
    return this.#table.put({ ...keyOf(signUp.userId), ...signUp }, 'attribute_not_exists(#pk)');
  }

  async get(userId: number): Promise<SignUp | undefined> {
    return this.#table.get<SignUp>(keyOf(userId));
  }

  async list(): Promise<SignUp[]> {
    return this.#table.query<SignUp>(pk, prefix);
  }

  /**
   * Changes what is given; what is undefined goes. Whoever is forgotten does not come back by it.
   *
   * @returns undefined when they are forgotten
   */
  async change(userId: number, change: SignUpChange): Promise<SignUp | undefined> {
    const names = Object.keys(change) as Array<keyof SignUp>;
    const set = names.filter((name) => change[name] !== undefined).map((name) => `#${name} = :${name}`);
    const gone = names.filter((name) => change[name] === undefined).map((name) => `#${name}`);
    const parts = [
      ...(set.length > 0 ? [`SET ${set.join(', ')}`] : []),
      ...(gone.length > 0 ? [`REMOVE ${gone.join(', ')}`] : []),
    ];
    const values = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    return this.#table.update<SignUp>(keyOf(userId), parts.join(' '), values, exists);
  }

  /** Forgets them, and last of all that they signed up. Safe to repeat. */
  async remove(userId: number): Promise<void> {
    await this.removeCards(userId);
    await this.#table.delete(keyOf(userId));
  }

  /** Forgets the cards that asked about them. */
  async removeCards(userId: number): Promise<void> {
    for (const card of await this.#table.query(pk, `card#${userId}#`)) await this.#table.delete(card);
  }
}
