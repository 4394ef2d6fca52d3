import { createHash } from 'node:crypto';
import { type Music, withoutTags } from './music-file.ts';

/**
 * A song's id: the same for the same sound, whatever title, performer and cover its file tells, and short enough for a
 * button's 64 bytes.
 */
export const songId = (music: Music): string =>
  createHash('sha256').update(withoutTags(music)).digest('hex').slice(0, 12);
