import { readMp4 } from './mp4-file.ts';
import { hasMp3Sound, hasMp3Tag } from './mpeg-audio.ts';

/** Why a file cannot be a song. `damaged` is music that is broken or cut off, so that no sound is found in it. */
export type MusicProblem = 'not music' | 'film' | 'damaged';

/** What can be sent as music, by its content type. */
export type MusicFile =
  | { readonly contentType: 'audio/mpeg' | 'audio/mp4' }
  | { readonly problem: MusicProblem };

/** Brands of files that are music and nothing else; they may have pictures for their chapters. */
const musicBrands = new Set(['M4A ', 'M4B ']);
/** Brands of files that may hold anything. */
const plainBrands = /^(mp4[12]|iso[m2-9]|avc1|dash|MSNV)$/;

/**
 * What a file really is, whatever its name and its sender say. Telegram plays music of two kinds (Bot API,
 * sendAudio: "in the .MP3 or .M4A format"), and a file that only looks like it would be missed at the door.
 *
 * No library is asked: readers of music files are made to find what there is to find in one, and for `music-metadata`
 * one header in 200 kB of random bytes is sound enough. Whether a file would play is another question.
 */
export function musicFile(bytes: Uint8Array): MusicFile {
  const mp4 = readMp4(bytes);
  if (!mp4) {
    if (hasMp3Sound(bytes)) return { contentType: 'audio/mpeg' };
    return { problem: hasMp3Tag(bytes) ? 'damaged' : 'not music' };
  }
  const { brand, tracks } = mp4;
  const isMusic = musicBrands.has(brand);
  if (tracks?.has('vide') && !isMusic) return { problem: 'film' };
  if (!isMusic && !plainBrands.test(brand)) return { problem: 'not music' };
  return tracks?.has('soun') ? { contentType: 'audio/mp4' } : { problem: 'damaged' };
}
