import { createHash } from 'node:crypto';
import type { Image } from '@aws-sdk/client-rekognition';
import type { DecodedPicture } from '../media.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { type FaceEngine, UnreadableImageError } from './face-engine.ts';

/** Reads an object of this machine's S3; undefined if there is none. */
export type ReadObject = (bucket: string, key: string) => Promise<Uint8Array | undefined>;

/** An image that was submitted to an operation. */
export interface SubmittedImage {
  readonly picture: DecodedPicture;
  /** SHA-256 of the file, in hex. */
  readonly hash: string;
}

/** "Guidelines and quotas in Amazon Rekognition". Bytes in the request are limited by its constraints. */
const maxObjectBytes = 15 * 1024 * 1024;
const minSide = 80;

/**
 * The picture that a request names, by its bytes or by an object in S3.
 * @throws AwsError InvalidParameterException (none, both, or under 80 pixels), InvalidS3ObjectException,
 * ImageTooLargeException, InvalidImageFormatException (neither JPEG nor PNG, or damaged)
 */
export async function readImage(
  image: Image | undefined,
  { engine, readObject }: { readonly engine: Pick<FaceEngine, 'decode'>; readonly readObject: ReadObject },
): Promise<SubmittedImage> {
  const bytes = await bytesOf(image, readObject);
  const picture = await engine.decode(bytes).catch((cause: unknown) => {
    if (!(cause instanceof UnreadableImageError)) throw cause;
    throw new AwsError('InvalidImageFormatException', 'Request has invalid image format', 400, { cause });
  });
  if (Math.min(picture.width, picture.height) < minSide) {
    throw new AwsError(
      'InvalidParameterException',
      `Request has invalid parameters: the image is under ${minSide} pixels.`,
    );
  }
  return { picture, hash: createHash('sha256').update(bytes).digest('hex') };
}

async function bytesOf(image: Image | undefined, readObject: ReadObject): Promise<Uint8Array> {
  const { Bytes, S3Object } = image ?? {};
  if ((Bytes === undefined) === (S3Object === undefined)) {
    throw new AwsError(
      'InvalidParameterException',
      'Request has invalid parameters: give Bytes or S3Object.',
    );
  }
  if (Bytes) return Bytes;
  if (S3Object?.Bucket === undefined || S3Object.Name === undefined) {
    throw new AwsError(
      'InvalidParameterException',
      'Request has invalid parameters: S3Object needs Bucket and Name.',
    );
  }
  const object = await readObject(S3Object.Bucket, S3Object.Name);
  if (!object) {
    throw new AwsError(
      'InvalidS3ObjectException',
      'Unable to get object metadata from S3. Check object key, region and/or access permissions.',
    );
  }
  if (object.length > maxObjectBytes) {
    throw new AwsError(
      'ImageTooLargeException',
      `Image size is too large: ${object.length} bytes, at most ${maxObjectBytes}.`,
    );
  }
  return object;
}
