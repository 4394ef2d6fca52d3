import { randomUUID } from 'node:crypto';
import { comparable } from '../clean-line.ts';
import type { Clock } from '../clock.ts';
import type { RatioBox } from '../record/record.ts';
import type { Table } from '../stores/table.ts';
import {
  guestKey,
  isPresent,
  peoplePartition,
  photoKey,
  photosPartition,
  type Removable,
} from './guest-keys.ts';
import type { PhotoAdvice } from './photo-advice.ts';

/** Somebody who is invited. */
export interface Guest {
  readonly id: string;
  readonly name: string;
  /** The song that plays when this guest arrives; without one, a carol does. */
  readonly songId?: string;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  /** Recognised and not announced: for good, or at the party of that id. */
  readonly muted?: typeof forGood | string;
  /** One of the household: recognised, never announced and never expected. */
  readonly livesHere?: true;
  /** Hosts say so: children look more alike than adults do, and take more to be named. */
  readonly isChild?: true;
  /** The ids of the guests who look like this one by their photos (`note-lookalikes.ts`). */
  readonly looksLike?: readonly string[];
}

/** Stands for every party. */
export const forGood = 'for good';

/** Whether a guest is not to be announced at a party. */
export const isMutedAt = ({ muted }: Pick<Guest, 'muted'>, partyId: string): boolean =>
  muted === forGood || muted === partyId;

/** A photo by which a person is known. */
export interface Photo {
  /** The id of what is in the file (`content-id.ts`); the face's `ExternalImageId` is made of it (`enrolled-face.ts`). */
  readonly photoId: string;
  /** None once a repair has found no face in the file. */
  readonly faceIds: readonly string[];
  /** The object's key in the bucket. */
  readonly key: string;
  /** Where the face is in the picture; absent for photos that were taken in before that was kept. */
  readonly box?: RatioBox;
  /** The faces of the collection, whosever, that its own was like when it was taken in, best first. */
  readonly like?: readonly FaceLikeness[];
  /** What a better photo would have otherwise; absent for a good one, and for those taken in before that was kept. */
  readonly advice?: readonly PhotoAdvice[];
  /** When it became this person's, milliseconds since 1970; absent for photos that were taken in before that was kept. */
  readonly addedAt?: number;
  /** Its file is lost and nobody waits for it any more; its face may still be known. */
  readonly fileGivenUp?: true;
}

/** How much a face is like another one. */
export interface FaceLikeness {
  readonly faceId: string;
  /** 0 to 100. */
  readonly similarity: number;
}

/** For a write that must not bring anybody back. */
const present = 'attribute_exists(#pk) AND attribute_not_exists(#removedAt)';

/** Case and accents aside: however a name was written, it stands in one place. */
const alphabetical = new Intl.Collator('en', { sensitivity: 'base' });

/**
 * The guests and the photos that they are known by. Whoever or whatever is removed is on no list, as if it were gone,
 * until it is restored or forgotten (`removals.ts`).
 */
export class Guests {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  /** A new id for a guest: short, so that it fits into a button's 64 bytes beside other things. */
  static newId(): string {
    return randomUUID().slice(0, 8);
  }

  async add(id: string, name: string): Promise<Guest> {
    const guest: Guest = { id, name, addedAt: this.#now() };
    await this.#table.put({ ...guestKey(id), ...guest });
    return guest;
  }

  async get(id: string): Promise<Guest | undefined> {
    const guest = await this.#table.get<Guest & Removable>(guestKey(id));
    return guest && isPresent(guest) ? guest : undefined;
  }

  /** Those of the guests who are there, in no particular order. */
  async getMany(ids: Iterable<string>): Promise<Guest[]> {
    const keys = [...new Set(ids)].map(guestKey);
    const guests = keys.length > 0 ? await this.#table.getMany<Guest & Removable>(keys) : [];
    return guests.filter(isPresent);
  }

  /** In the order of their names; those of one name in the order in which they were added. */
  async list(): Promise<Guest[]> {
    const guests = await this.#table.query<Guest & Removable>(peoplePartition, 'guest#');
    return guests
      .filter(isPresent)
      .sort((a, b) => alphabetical.compare(a.name, b.name) || a.addedAt - b.addedAt);
  }

  /** The guests of that name, however it is written (see {@link comparable}). */
  async named(name: string): Promise<Guest[]> {
    return namesakes(name, await this.list());
  }

  /**
   * @param songId undefined for a carol
   * @returns the guest as it is now, or undefined when there is none
   */
  async setSong(id: string, songId: string | undefined): Promise<Guest | undefined> {
    const [change, values] =
      songId === undefined ? ['REMOVE #songId', {}] : ['SET #songId = :songId', { songId }];
    return this.#table.update<Guest>(guestKey(id), change, values, present);
  }

  /** @returns the guest as it is now, or undefined when there is none */
  async rename(id: string, name: string): Promise<Guest | undefined> {
    const change = 'SET #formerName = #name, #name = :name';
    return this.#table.update<Guest>(guestKey(id), change, { name }, present);
  }

  /** Gives a guest the name of before the last {@link rename}; undefined when there is none. */
  async nameBack(id: string): Promise<Guest | undefined> {
    const change = 'SET #name = #formerName REMOVE #formerName';
    return this.#table.update<Guest>(
      guestKey(id),
      change,
      {},
      `${present} AND attribute_exists(#formerName)`,
    );
  }

  /**
   * @param muted {@link forGood}, a party's id, or undefined to have the guest announced again
   * @returns the guest as it is now, or undefined when there is none
   */
  async setMuted(id: string, muted: string | undefined): Promise<Guest | undefined> {
    return muted === undefined
      ? this.#table.update<Guest>(guestKey(id), 'REMOVE #muted', {}, present)
      : this.#table.update<Guest>(guestKey(id), 'SET #muted = :muted', { muted }, present);
  }

  /** Makes somebody one of the household, or a guest again. @returns undefined when there is none */
  async setLivesHere(id: string, livesHere: boolean): Promise<Guest | undefined> {
    return livesHere
      ? this.#table.update<Guest>(guestKey(id), 'SET #livesHere = :livesHere', { livesHere }, present)
      : this.#table.update<Guest>(guestKey(id), 'REMOVE #livesHere', {}, present);
  }

  /** Marks a guest as a child, or as none. @returns undefined when there is no such guest */
  async setChild(id: string, isChild: boolean): Promise<Guest | undefined> {
    return isChild
      ? this.#table.update<Guest>(guestKey(id), 'SET #isChild = :isChild', { isChild }, present)
      : this.#table.update<Guest>(guestKey(id), 'REMOVE #isChild', {}, present);
  }

  /** Notes which other guests this one looks like. */
  async setLooksLike(id: string, looksLike: readonly string[]): Promise<void> {
    const [change, values] =
      looksLike.length > 0 ? ['SET #looksLike = :looksLike', { looksLike }] : ['REMOVE #looksLike', {}];
    await this.#table.update<Guest>(guestKey(id), change, values, present);
  }

  /** Adds a photo to a person, or writes over it; one that was removed is there again. */
  async addPhoto(personId: string, photo: Photo): Promise<void> {
    // Its place wins: a photo that was read as another guest's brings that one's.
    await this.#table.put({ addedAt: this.#now(), ...photo, ...photoKey(personId, photo.photoId) });
  }

  /** Takes a photo off a person; its file and its faces stay as they are. */
  async removePhoto(personId: string, photoId: string): Promise<void> {
    await this.#table.delete(photoKey(personId, photoId));
  }

  async photos(personId: string): Promise<Photo[]> {
    return (await this.#table.query<Photo & Removable>(photosPartition(personId), 'photo#')).filter(
      isPresent,
    );
  }

  /**
   * The photos of all people, guests or not, and those too that are removed and can still be restored: a query each, so
   * only for what is rare.
   */
  async allPhotos(): Promise<Photo[]> {
    const people = await this.#table.query<{ readonly id: string }>(peoplePartition);
    const photos = people.map(({ id }) => this.#table.query<Photo>(photosPartition(id), 'photo#'));
    return (await Promise.all(photos)).flat();
  }

  /** Whether that object is somebody's photo. All photos are looked through: only for what is rare. */
  async anyHasPhotoAt(key: string): Promise<boolean> {
    return (await this.allPhotos()).some((photo) => photo.key === key);
  }
}

/** Those who are expected at a party: not those who live there. */
export const invitedOf = (everybody: readonly Guest[]): Guest[] =>
  everybody.filter(({ livesHere }) => !livesHere);

/** Those of the guests who have that name, however it is written (see {@link comparable}). */
export function namesakes(name: string, guests: readonly Guest[]): Guest[] {
  const wanted = comparable(name);
  return guests.filter((guest) => comparable(guest.name) === wanted);
}

/**
 * What guests are called where they must be told apart, by their ids: those of one name are numbered, in the order
 * in which they were added.
 *
 * @param guests all of them, or all of some names
 */
export function distinctNames(guests: readonly Guest[]): Map<string, string> {
  const byName = new Map<string, Guest[]>();
  for (const guest of [...guests].sort((a, b) => a.addedAt - b.addedAt)) {
    const key = comparable(guest.name);
    byName.set(key, [...(byName.get(key) ?? []), guest]);
  }
  const named = [...byName.values()].flatMap((same) =>
    same.map(({ id, name }, index) => [id, same.length > 1 ? `${name} (${index + 1})` : name] as const),
  );
  return new Map(named);
}
