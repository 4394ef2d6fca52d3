import type { PhotoSize } from 'grammy/types';
import sharp from 'sharp';
import type { Files, Media } from '../state/files.ts';
import type { Change } from '../state/journal.ts';
import { sniff } from './sniff.ts';

/** The longer edges that Telegram makes of a photo, pixels. */
const photoEdges: readonly number[] = [90, 320, 800, 1280];
/** The same of a profile photo. */
export const profileEdges: readonly number[] = [160, 320, 640];
const jpegQuality = 87;
const pictures = new Set(['jpg', 'png', 'webp', 'gif']);

/** A new file with its media, and the changes that make it known. */
export interface Made {
  readonly media: Media;
  readonly changes: readonly Change[];
}

/** The bytes are no picture that can be read here (HEIC among them). */
export class NotAPictureError extends Error {
  override name = 'NotAPictureError';
}

/** The bytes begin as a picture does, and are cut off or damaged: no other way of sending mends that. */
export class DamagedPictureError extends NotAPictureError {
  override name = 'DamagedPictureError';
}

/** Pixels. */
export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** @throws NotAPictureError */
export async function dimensionsOf(bytes: Buffer): Promise<Dimensions> {
  if (!pictures.has(sniff(bytes)?.extension ?? '')) {
    throw new NotAPictureError('The bytes do not begin as a JPEG, PNG, WebP or GIF does.');
  }
  try {
    const { width, height } = await sharp(bytes).metadata();
    return { width, height };
  } catch (cause) {
    throw new DamagedPictureError('The bytes are no picture that can be read here.', { cause });
  }
}

/**
 * A photo as Telegram keeps it: turned upright, in up to four sizes, recompressed as JPEG without EXIF.
 * @param wanted the longer edges of the sizes, pixels, ascending
 * @throws NotAPictureError
 */
export async function makePhoto(
  files: Files,
  bytes: Buffer,
  wanted: readonly number[] = photoEdges,
): Promise<Made> {
  const { width, height } = await dimensionsOf(bytes);
  const longest = Math.max(width, height);
  const edges = wanted.filter((edge) => edge < longest);
  if (longest <= wanted.at(-1)!) edges.push(longest);
  const rows = [];
  const photo: PhotoSize[] = [];
  for (const edge of edges) {
    const { data, info } = await resize(bytes, edge);
    const ref = await files.write('photo', data, 'jpg');
    const { file_id, file_unique_id, file_size } = ref;
    photo.push({ file_id, file_unique_id, file_size, width: info.width, height: info.height });
    rows.push(ref);
  }
  const media = { photo };
  return {
    media,
    changes: rows.map((ref) => files.put({ ...ref, kind: 'photo', mime_type: 'image/jpeg', media })),
  };
}

async function resize(bytes: Buffer, edge: number) {
  try {
    return await sharp(bytes)
      .rotate()
      .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .jpeg({ quality: jpegQuality })
      .toBuffer({ resolveWithObject: true });
  } catch (cause) {
    throw new DamagedPictureError('The picture is damaged.', { cause });
  }
}
