import { AwsError } from './aws-error.ts';

/** How a page of a list is asked for. */
export interface PageRequest {
  /** The most items of a page. */
  readonly max: number;
  /** What the page before gave as `next`. */
  readonly token: string | undefined;
  /** The service's error for a token that is none of ours. */
  readonly invalid: string;
}

/**
 * One page of a list that is sorted by `key`. The token holds the last key given, so that what is added or
 * removed between two pages neither hides nor repeats anything else.
 * @throws AwsError for a broken token
 */
export function page<T>(
  sorted: readonly T[],
  key: (item: T) => string,
  { max, token, invalid }: PageRequest,
): { items: T[]; next: string | undefined } {
  const after = token ? readToken(token, invalid) : '';
  const rest = sorted.filter((item) => key(item) > after);
  const items = rest.slice(0, max);
  const last = items.at(-1);
  const next = last !== undefined && rest.length > items.length ? writeToken(key(last)) : undefined;
  return { items, next };
}

function writeToken(after: string): string {
  return Buffer.from(JSON.stringify({ after })).toString('base64');
}

function readToken(token: string, invalid: string): string {
  try {
    const { after } = JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
    if (typeof after === 'string') return after;
  } catch {
    // Answered below.
  }
  throw new AwsError(invalid, 'The pagination token is not valid.');
}
