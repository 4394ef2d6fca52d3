import { s3Error } from './s3-error.ts';

/** Bytes of an object: the first, and the one after the last. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What a `Range` header asks of an object of this size. Undefined means all of it: no header, one that is not
 * understood, or several ranges, which S3 does not serve.
 * @throws AwsError InvalidRange if the object has no such bytes
 */
export function byteRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  if (start >= size || (first === '' && Number(last) === 0)) throw s3Error('InvalidRange');
  return { start, end };
}
