import type { Key } from '../stores/table.ts';

/** Where people stand in the table. */
export const peoplePartition = 'PEOPLE';
/** Where a person's photos stand. */
export const photosPartition = (personId: string): string => `PERSON#${personId}`;

export const guestKey = (id: string): Key => ({ pk: peoplePartition, sk: `guest#${id}` });
export const photoKey = (personId: string, photoId: string): Key => ({
  pk: photosPartition(personId),
  sk: `photo#${photoId}`,
});

/** What can be restored for a while after it was removed. */
export interface Removable {
  /** When it was removed, milliseconds since 1970. */
  readonly removedAt?: number;
}

/** Whether it is on the lists. */
export const isPresent = ({ removedAt }: Removable): boolean => removedAt === undefined;
