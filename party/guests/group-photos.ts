import { type Clock, expiry, hour, minute } from '../clock.ts';
import type { RatioBox } from '../record/record.ts';
import type { Key, Table } from '../stores/table.ts';
import type { AlbumFace } from './album-people.ts';
import type { FaceInGroup } from './group-faces.ts';
import { keptAdvice, type PhotoAdvice } from './photo-advice.ts';

/** Whom a face is to be, while people are asked: it is the guest it looks like, or the one of the name. */
export interface MemberQuestion {
  readonly name: string;
  readonly sameId: string;
  /** The guest of the name that was given, when that is another one. */
  readonly otherId?: string;
  /** The face looks like the guest `sameId` of another name; otherwise it does not look like the one of that name. */
  readonly looksLike: boolean;
}

/** One person of a group photo. */
export interface GroupMember {
  readonly faceId: string;
  readonly box: RatioBox;
  /** What a better photo would have otherwise, if anything. */
  readonly advice?: readonly PhotoAdvice[];
  /** The guest that the face is most like. */
  readonly likeId?: string;
  /** Whose it is, once it is said. */
  readonly guestId?: string;
  readonly name?: string;
  readonly isSkipped?: boolean;
  readonly question?: MemberQuestion;
  /** Nobody of the guests: a name is asked for that no guest has. */
  readonly isNewcomer?: boolean;
  /** In a group of an album: the photos that show this person, the first of which is shown with the number. */
  readonly photos?: readonly AlbumFace[];
  /** Somebody is writing down whose it is; milliseconds since 1970. */
  readonly claimedUntil?: number;
}

/** A photo of several people, who are being named; or an album of several, as if it were one. */
export interface GroupPhoto {
  /** The photo's id by its content; of an album, one that is made of the album's. */
  readonly photoId: string;
  /** The picture's key in the bucket; of an album, that of its first photo. */
  readonly key: string;
  /** The photo's message. */
  readonly messageId: number;
  /** Telegram's `media_group_id`, when it is an album. */
  readonly albumId?: string;
  /**
   * From left to right, or those of an album in the order in which they came: a number stays that person's. They are
   * shown with numbers from 1.
   */
  readonly members: readonly GroupMember[];
  /** How many faces the picture shows, with those that will not do. */
  readonly seen: number;
  /** Names that stood under it. */
  readonly names: readonly string[];
  /** The number of whom the next name is. */
  readonly current?: number;
  /** The message that shows it, once it is sent. */
  readonly questionId?: number;
}

/** Who is naming the people of a photo, and where. */
export interface Namer {
  readonly chatId: number;
  readonly userId: number;
}

/** A group photo whose people somebody is naming. */
export interface OpenGroup {
  readonly namer: Namer;
  readonly photoId: string;
}

interface GroupItem extends GroupPhoto {
  readonly version: number;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

const pk = 'GROUPS';
const keptFor = 24 * hour;
const prefixOf = ({ chatId, userId }: Namer): string => `group#${chatId}#${userId}#`;
const keyOf = (namer: Namer, photoId: string): Key => ({ pk, sk: `${prefixOf(namer)}${photoId}` });

/** Longer than writing down whose a face is can take. */
const memberLease = minute;

/**
 * The group photos whose people are being named: each an item with all that was answered, so that it goes on after any
 * interruption. Two answers at the same time change it one after the other.
 */
export class GroupPhotos {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  async open(namer: Namer, group: GroupPhoto): Promise<void> {
    const expiresAt = expiry(this.#now(), keptFor);
    await this.#table.put({ ...keyOf(namer, group.photoId), ...group, version: 0, expiresAt });
  }

  async get(namer: Namer, photoId: string): Promise<GroupPhoto | undefined> {
    const group = await this.#table.get<GroupItem>(keyOf(namer, photoId));
    return group && this.#isOpen(group) ? group : undefined;
  }

  /** Those that one person is naming, the latest photo last. */
  async of(namer: Namer): Promise<GroupPhoto[]> {
    const groups = await this.#table.query<GroupItem>(pk, prefixOf(namer));
    return groups.filter((group) => this.#isOpen(group)).sort((a, b) => a.messageId - b.messageId);
  }

  /** All of them, whoever is naming them. @param but without this one */
  async all(but?: OpenGroup): Promise<GroupPhoto[]> {
    const groups = await this.#table.query<GroupItem>(pk);
    const without = but && keyOf(but.namer, but.photoId).sk;
    return groups.filter((group) => this.#isOpen(group) && group.sk !== without);
  }

  /**
   * Changes a group as it is at that moment.
   *
   * @param change may be called again when somebody else changed it meanwhile; undefined leaves all as it is
   * @returns the group as it is then; undefined when it is closed, or was left
   */
  async change(
    namer: Namer,
    photoId: string,
    change: (group: GroupPhoto) => GroupPhoto | undefined,
  ): Promise<GroupPhoto | undefined> {
    for (;;) {
      const before = await this.#table.get<GroupItem>(keyOf(namer, photoId));
      if (!before || !this.#isOpen(before)) return undefined;
      const changed = change(before);
      if (!changed) return undefined;
      const { version } = before;
      const item = { ...before, ...changed, version: version + 1 };
      if (await this.#table.put(item, '#version = :version', { version })) return changed;
    }
  }

  /** Takes on to write down whose a face is. @returns undefined when that is done, or somebody else is at it */
  async claim(namer: Namer, photoId: string, number: number): Promise<GroupPhoto | undefined> {
    return this.change(namer, photoId, (group) => {
      const member = group.members[number - 1];
      const isFree = member && !member.guestId && (member.claimedUntil ?? 0) <= this.#now();
      return isFree
        ? withMember(group, number, { ...member, claimedUntil: this.#now() + memberLease })
        : undefined;
    });
  }

  /** @returns false when it was closed before */
  async close(namer: Namer, photoId: string): Promise<boolean> {
    return this.#table.delete(keyOf(namer, photoId), 'attribute_exists(#pk)');
  }

  #isOpen({ expiresAt }: GroupItem): boolean {
    return expiresAt * 1000 > this.#now();
  }
}

/** The group with one member changed. @param number from 1 */
export function withMember(group: GroupPhoto, number: number, member: GroupMember): GroupPhoto {
  return { ...group, members: group.members.map((one, index) => (index === number - 1 ? member : one)) };
}

/** The number of the next person whom nobody has named or skipped, after the one that was named last, and round again. */
export function nextUnnamed({ members, current = 0 }: GroupPhoto): number | undefined {
  const open = members.flatMap(({ guestId, isSkipped }, index) => (guestId || isSkipped ? [] : [index + 1]));
  return open.find((number) => number > current) ?? open[0];
}

/** All faces by which a member of a group would be known. */
export function facesOf(
  { photoId, key }: Pick<GroupPhoto, 'photoId' | 'key'>,
  { faceId, box, advice, photos }: GroupMember,
): readonly FaceInGroup[] {
  return photos ?? [{ photoId, key, faceId, box, ...keptAdvice(advice) }];
}

/**
 * The number of the one person of an album whom the photo of a message shows; undefined when there is none, or several.
 */
export function numberOfPhoto({ members }: GroupPhoto, messageId: number | undefined): number | undefined {
  const shown = members.flatMap(({ photos = [] }, index) =>
    photos.some((photo) => photo.messageId === messageId) ? [index + 1] : [],
  );
  return shown.length === 1 ? shown[0] : undefined;
}
