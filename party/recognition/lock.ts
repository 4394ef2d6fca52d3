import { withLock } from '../exclusive-lock.ts';
import type { Key } from '../stores/table.ts';

const key: Key = { pk: 'PARTY', sk: 'recognition' };

/**
 * Works under the recognition's exclusive lock. Starting the recognition for a party, and stopping one that no party
 * needs, each take it: in between, the recognition is on and no party is, and only under the lock can a start be told
 * from what a start left behind.
 *
 * @returns what the work gave, or undefined when another holds the lock
 */
export const withRecognitionLock = <Result>(
  services: Parameters<typeof withLock>[1],
  work: () => Promise<Result>,
): Promise<{ readonly result: Result } | undefined> => withLock(key, services, work);
