import { loggable } from '../loggable.ts';
import { withRecognitionLock } from '../recognition/lock.ts';
import type { Services } from '../services.ts';

type ResumeServices = Pick<Services, 'parties' | 'collection' | 'recognition' | 'claims' | 'log' | 'now'>;

/**
 * Sees to it that a party that is on is watched: what its recognition needs may have been lost since it was started, and
 * then it fails for good. Changes nothing while no party is on, or somebody starts or stops the recognition. Never
 * throws: `/status` says what the recognition does.
 *
 * @returns whether the party is watched now; undefined when there was nothing to do
 */
export async function resumeRecognition(services: ResumeServices): Promise<boolean | undefined> {
  const { parties, collection, recognition, log } = services;
  try {
    if (!(await parties.on())) return undefined;
    const locked = await withRecognitionLock(services, async () => {
      // Once more, under the lock: the party may have been ended meanwhile.
      if (!(await parties.on())) return undefined;
      await collection.ensure();
      await recognition.start();
      return true;
    });
    return locked?.result;
  } catch (error) {
    log.error('The recognition of the party that is on did not start again', loggable(error));
    return false;
  }
}
