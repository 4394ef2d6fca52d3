import { AwsError } from '../protocol/aws-error.ts';
import type { UploadedFragment } from './uploaded-fragment.ts';

/** Where a reader begins; `StartTimestamp` is in seconds since 1970. */
export interface StartSelector {
  readonly StartSelectorType?: unknown;
  readonly AfterFragmentNumber?: unknown;
  readonly StartTimestamp?: unknown;
  readonly ContinuationToken?: unknown;
}

/**
 * After which fragment a reader begins, of those that are there, by their numbers; an empty string is before all, and
 * undefined means that the fragment that was named is not there.
 */
export type Start = (fragments: readonly UploadedFragment[]) => string | undefined;

/** Reads a StartSelector (API reference, "StartSelector"). @throws AwsError InvalidArgumentException */
export function startOf(selector: StartSelector | undefined): Start {
  switch (selector?.StartSelectorType) {
    case 'EARLIEST':
      return () => '';
    case 'NOW':
      return (fragments) => fragments.at(-2)?.number ?? '';
    case 'FRAGMENT_NUMBER':
      return after(selector.AfterFragmentNumber, 'AfterFragmentNumber');
    case 'CONTINUATION_TOKEN':
      return after(selector.ContinuationToken, 'ContinuationToken');
    case 'SERVER_TIMESTAMP':
      return from(selector.StartTimestamp, ({ serverTime }) => serverTime);
    case 'PRODUCER_TIMESTAMP':
      return from(selector.StartTimestamp, ({ producerTime }) => producerTime);
    default:
      throw new AwsError('InvalidArgumentException', 'StartSelectorType is none of those that there are.');
  }
}

function after(number: unknown, name: string): Start {
  if (typeof number !== 'string' || !/^\d{1,128}$/.test(number)) {
    throw new AwsError('InvalidArgumentException', `${name} is missing, or is no fragment's number.`);
  }
  return (fragments) => fragments.find((fragment) => fragment.number === number)?.number;
}

/** From the fragment on that goes on at that time or begins after it. */
function from(seconds: unknown, begin: (fragment: UploadedFragment) => number): Start {
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) {
    throw new AwsError('InvalidArgumentException', 'StartTimestamp is missing, or is no time.');
  }
  const lasts = ({ frames, producerTime }: UploadedFragment) =>
    (frames.at(-1)?.time ?? producerTime) - producerTime;
  return (fragments) =>
    fragments.findLast((fragment) => begin(fragment) + lasts(fragment) < seconds * 1000)?.number ?? '';
}
