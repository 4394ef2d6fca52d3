import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { minute, second } from '../clock.ts';

/** How long a presigned address can be opened, in milliseconds: until a song that waits its turn has been played. */
const validFor = 10 * minute;

/**
 * Addresses by which a browser gets single objects of the private bucket, for a short while and without keys of its
 * own.
 */
export interface PresignedAddresses {
  /** Where the object can be got, whether it is there or not. Nothing is asked of S3. */
  of(key: string): Promise<string>;
  /** The origin of all of them, such as `https://bucket.s3.eu-west-1.amazonaws.com`. */
  origin(): Promise<string>;
}

/**
 * Presigns by an SDK client that finds Region, credentials and endpoint itself.
 *
 * @param publicRoot where browsers reach S3, if not at the address that programs use: that of a reverse proxy
 */
export function presignedAddresses(bucket: string, publicRoot: string | undefined): PresignedAddresses {
  const client = new S3Client();
  const of = async (key: string): Promise<string> => {
    const get = new GetObjectCommand({ Bucket: bucket, Key: key });
    const address = new URL(await getSignedUrl(client, get, { expiresIn: validFor / second }));
    return publicRoot === undefined ? address.href : `${publicRoot}${address.pathname}${address.search}`;
  };
  return { of, origin: async () => new URL(await of('any')).origin };
}
