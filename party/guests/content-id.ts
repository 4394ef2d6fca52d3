import { createHash } from 'node:crypto';
import { pictureFile } from './picture-file.ts';
import { withoutMetadata } from './picture-metadata.ts';

/**
 * The id of a photo by what it shows: the same file has the same one however often it is sent, by whomever, and whatever
 * is written in it (where it was taken, by which phone). Telegram's own `file_unique_id` is another one for each upload.
 *
 * @returns 22 letters, figures, `_` and `-`
 */
export function contentId(bytes: Uint8Array): string {
  const file = pictureFile(bytes);
  const content = 'contentType' in file ? withoutMetadata(bytes, file.contentType) : bytes;
  return createHash('sha256').update(content).digest('base64url').slice(0, 22);
}
