import { hasMp3Tag, leadingTags, withoutMp3Tags } from './mp3-tags.ts';
import { type Mp4File, readMp4, withBrand, withoutMp4Tags } from './mp4-file.ts';
import { soundStart } from './mpeg-audio.ts';
import { mp3InRiff } from './riff-file.ts';

/**
 * Why a file cannot be a song. `damaged` is music that is broken or cut off, so that no sound is found in it; what is
 * `protected` only plays in the shop's own player.
 */
export type MusicProblem = 'not music' | 'film' | 'damaged' | 'protected';

/** What can be sent as music. */
export interface Music {
  readonly contentType: 'audio/mpeg' | 'audio/mp4';
  /** What plays everywhere: the file as it came, or, where something stands in the way of the sound, without that. */
  readonly bytes: Uint8Array;
}

/** A file, judged as music. */
export type MusicFile = Music | { readonly problem: MusicProblem };

/** Brands of files that are music and nothing else; they may have pictures for their chapters. */
const musicBrands = new Set(['M4A ', 'M4B ', 'M4P ']);
/** Brands of files that sendAudio does not take, whatever is in them: pictures, and QuickTime's own films. */
const otherBrands = /^(he(i[csmx]|v[csmx])|mif1|msf1|avi[fs]|crx |jp2 |qt {2})$/;
/** Phones record into these; the sound is the same as an M4A's. */
const phoneBrands = /^3g[a-z0-9]{2}$/;
/** What the players of phones and computers all know: AAC (or an MP3) and Apple's lossless. */
const soundCodecs = new Set(['mp4a', 'alac']);
/** Sound that is encrypted: by Apple's shop of old, by Audible, or by the common scheme (ISO 23001-7). */
const encryptedCodecs = new Set(['drms', 'aavd', 'enca']);
/** A cover or a chapter's picture. */
const stillCodecs = new Set(['jpeg', 'png ', 'gif ']);

/**
 * What a file really is, whatever its name and its sender say. Telegram plays music of two kinds (Bot API,
 * sendAudio: "in the .MP3 or .M4A format"), and a file that only looks like it would be missed at the door.
 *
 * No library is asked, for those that there are find sound where none is: `music-metadata` and `mpg123-decoder` in all
 * of 100 files of random bytes (the latter even in an encrypted M4A), `file-type` behind any four bytes of a header,
 * and it takes an MP3 in a RIFF for a WAV; `mp4box` reads boxes well, and is 180 kB of each Lambda.
 */
export function musicFile(bytes: Uint8Array): MusicFile {
  const mp4 = readMp4(bytes);
  return mp4 ? mp4Music(bytes, mp4) : mp3Music(mp3InRiff(bytes) ?? bytes);
}

/** The same music without the title, performer and cover that the file itself tells. */
export function withoutTags({ contentType, bytes }: Music): Uint8Array {
  return contentType === 'audio/mpeg' ? withoutMp3Tags(bytes) : withoutMp4Tags(bytes);
}

function mp4Music(bytes: Uint8Array, { brand, tracks }: Mp4File): MusicFile {
  if (otherBrands.test(brand)) return { problem: 'not music' };
  if (!tracks) return { problem: 'damaged' };
  const isStill = (codec: string): boolean =>
    stillCodecs.has(codec) || (codec === 'mp4v' && musicBrands.has(brand));
  if (tracks.some(({ kind, codecs }) => kind === 'vide' && !codecs.every(isStill)))
    return { problem: 'film' };
  const sounds = tracks.filter(({ kind }) => kind === 'soun');
  const codecs = sounds.flatMap((track) => track.codecs);
  if (codecs.some((codec) => encryptedCodecs.has(codec))) return { problem: 'protected' };
  if (codecs.some((codec) => !soundCodecs.has(codec))) return { problem: 'not music' };
  if (!sounds.some((track) => track.hasSamples)) return { problem: 'damaged' };
  // Under their own brand, Telegram may take a phone's recording for a film.
  return { contentType: 'audio/mp4', bytes: phoneBrands.test(brand) ? withBrand(bytes, 'M4A ') : bytes };
}

function mp3Music(bytes: Uint8Array): MusicFile {
  const { end, id3End } = leadingTags(bytes);
  const start = soundStart(bytes, end);
  if (start === undefined) return { problem: hasMp3Tag(bytes) ? 'damaged' : 'not music' };
  // Players read the ID3 tag, and give up or show noise at whatever else stands before the sound.
  const whole = start === id3End ? bytes : Buffer.concat([bytes.subarray(0, id3End), bytes.subarray(start)]);
  return { contentType: 'audio/mpeg', bytes: whole };
}
