import { noPicture } from '../guests/enrol-photo.ts';
import type { PhotoRefusal } from '../guests/enrolment.ts';
import { whomPhotoIsOf } from '../guests/faces-in-photo.ts';
import type { PhotoAdvice } from '../guests/photo-advice.ts';
import { pictureFile } from '../guests/picture-file.ts';
import { withoutMetadata } from '../guests/picture-metadata.ts';
import type { Services } from '../services.ts';

/** What is thought of a photo. */
export type PhotoVerdict = { readonly advice: readonly PhotoAdvice[] } | { readonly refusal: PhotoRefusal };

/** DetectFaces takes no more with a request ("Guidelines and quotas in Amazon Rekognition"). */
const largest = 5 * 1024 * 1024;

/**
 * Whether a photo of one person will do. It is only looked at: nothing of it is stored, and no face of it described.
 * Where a host's photo of several people is a group to be named, here it must show the one who sends it.
 */
export async function judgePhoto(
  { collection }: Pick<Services, 'collection'>,
  bytes: Uint8Array,
): Promise<PhotoVerdict> {
  const picture = pictureFile(bytes);
  if (!('contentType' in picture)) return { refusal: noPicture(picture) };
  const shown = withoutMetadata(bytes, picture.contentType);
  if (shown.length > largest) return { refusal: { reason: 'picture too large' } };
  const seen = await collection.look(shown);
  if ('reason' in seen)
    return { refusal: seen.reason === 'not a picture' ? { reason: 'damaged picture' } : seen };
  const whom = whomPhotoIsOf(seen);
  if ('face' in whom) return { advice: whom.face.advice };
  return { refusal: 'group' in whom ? { reason: 'several faces', faces: whom.faces } : whom };
}
