import type { Key, Table } from '../stores/table.ts';
import { guestKey, peoplePartition, photoKey, photosPartition, type Removable } from './guest-keys.ts';
import type { Guest, Photo } from './guests.ts';

/** A guest that is removed, or whose photo is. */
type RemovedGuest = Guest & Removable;
type RemovedPhoto = Photo & Removable;

/** Marks guests and photos as removed: one atomic write each, so that they are either there or not. */
export class Removals {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /**
   * @param removedAt now, milliseconds since 1970; the time of a first removal stays
   * @returns undefined when there is no such guest
   */
  async removeGuest(id: string, removedAt: number): Promise<RemovedGuest | undefined> {
    return this.#mark<RemovedGuest>(guestKey(id), removedAt);
  }

  /** @returns undefined when the guest is forgotten for good */
  async restoreGuest(id: string): Promise<Guest | undefined> {
    return this.#unmark<Guest>(guestKey(id));
  }

  /** As {@link removeGuest}, of one photo. */
  async removePhoto(guestId: string, photoId: string, removedAt: number): Promise<RemovedPhoto | undefined> {
    return this.#mark<RemovedPhoto>(photoKey(guestId, photoId), removedAt);
  }

  /** @returns undefined when the photo is forgotten for good */
  async restorePhoto(guestId: string, photoId: string): Promise<Photo | undefined> {
    return this.#unmark<Photo>(photoKey(guestId, photoId));
  }

  /** A guest, present or removed; undefined when there is none, or it is forgotten for good. */
  async guest(id: string): Promise<RemovedGuest | undefined> {
    return this.#table.get<RemovedGuest>(guestKey(id));
  }

  /** All guests, present or removed. */
  async guests(): Promise<RemovedGuest[]> {
    return this.#table.query<RemovedGuest>(peoplePartition, 'guest#');
  }

  /** All photos of a guest, present or removed. */
  async photos(guestId: string): Promise<RemovedPhoto[]> {
    return this.#table.query<RemovedPhoto>(photosPartition(guestId), 'photo#');
  }

  /** Forgets a guest for good. @param before only if it was removed before that time, milliseconds since 1970 */
  async forgetGuest(id: string, before: number): Promise<void> {
    await this.#table.delete(guestKey(id), '#removedAt < :before', { before });
  }

  /** As {@link forgetGuest}, of one photo. */
  async forgetPhoto(guestId: string, photoId: string, before: number): Promise<void> {
    await this.#table.delete(photoKey(guestId, photoId), '#removedAt < :before', { before });
  }

  /** Forgets a photo of a guest who is forgotten. */
  async forgetPhotoOfRemoved(guestId: string, photoId: string): Promise<void> {
    await this.#table.delete(photoKey(guestId, photoId));
  }

  async #mark<Item>(key: Key, removedAt: number): Promise<Item | undefined> {
    const change = 'SET #removedAt = if_not_exists(#removedAt, :removedAt)';
    return this.#table.update<Item>(key, change, { removedAt }, 'attribute_exists(#pk)');
  }

  async #unmark<Item>(key: Key): Promise<Item | undefined> {
    return this.#table.update<Item>(key, 'REMOVE #removedAt', {}, 'attribute_exists(#pk)');
  }
}
