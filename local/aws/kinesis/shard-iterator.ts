import { AwsError } from '../protocol/aws-error.ts';

/** Kinesis: a shard iterator is good for five minutes. */
const lifetimeMs = 300_000;

/** A place in a stream's only shard. */
export interface Place {
  readonly stream: string;
  /** Reading begins after this sequence number. */
  readonly after: string;
}

/** A place as the text that clients hand back. */
export function shardIterator(place: Place, now: number): string {
  return Buffer.from(JSON.stringify([place.stream, place.after, now])).toString('base64url');
}

/**
 * The place that an iterator stands for.
 * @throws AwsError InvalidArgumentException, ExpiredIteratorException
 */
export function placeOf(iterator: string, now: number): Place {
  const [stream, after, issuedAt] = parse(iterator);
  if (now - issuedAt > lifetimeMs) {
    throw new AwsError(
      'ExpiredIteratorException',
      `Iterator expired. The iterator was created at time ${new Date(issuedAt).toISOString()} while right now it is ` +
        `${new Date(now).toISOString()} which is further in the future than the tolerated delay of ${lifetimeMs} milliseconds.`,
    );
  }
  return { stream, after };
}

function parse(iterator: string): [stream: string, after: string, issuedAt: number] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(iterator, 'base64url').toString('utf8'));
    if (
      Array.isArray(parts) &&
      typeof parts[0] === 'string' &&
      /^\d+$/.test(parts[1]) &&
      Number.isFinite(parts[2])
    ) {
      return parts as [string, string, number];
    }
  } catch {}
  throw new AwsError('InvalidArgumentException', 'Invalid ShardIterator.');
}
