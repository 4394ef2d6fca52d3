import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Bucket } from './bucket.ts';
import { begunUploads } from './list-uploads.ts';

/** As a bucket's lifecycle rule AbortIncompleteMultipartUpload has it, when it says one day. */
const keptFor = 24 * 60 * 60 * 1000;

/**
 * Aborts the uploads in parts that were begun a day ago and never completed.
 *
 * @param now milliseconds since 1970
 * @returns how many there were
 */
export function abortOldUploads(bucket: Bucket, now: number = Date.now()): number {
  const old = begunUploads(bucket).filter(({ initiated }) => initiated.getTime() < now - keptFor);
  for (const { id } of old) rmSync(join(bucket.uploads, id), { recursive: true, force: true });
  if (old.length === 1) console.info('1 upload that was never completed was aborted.');
  if (old.length > 1) console.info(`${old.length} uploads that were never completed were aborted.`);
  return old.length;
}
