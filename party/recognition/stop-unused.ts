import type { Services } from '../services.ts';
import { withRecognitionLock } from './lock.ts';
import type { RecognitionStatus } from './recognition.ts';

/**
 * Stops a recognition that is on though no party is: its start died halfway, somebody started it by hand, or the
 * party's item is gone. Nobody would hear of what it sees, and each minute of it may cost money. A start that is
 * under way is left alone.
 *
 * @returns true when there was one, and it saw who came
 */
export async function stopUnusedRecognition(
  services: Pick<Services, 'parties' | 'recognition' | 'claims' | 'metrics' | 'log' | 'now'>,
): Promise<boolean> {
  const { parties, recognition, metrics, log } = services;
  const atRest = ({ state }: RecognitionStatus): boolean => state === 'off' || state === 'stopping';
  if (atRest(await recognition.status())) return false;
  const stopped = await withRecognitionLock(services, async () => {
    // Once more, for what was seen before may have been a start on its way to a party.
    const status = await recognition.status();
    if (atRest(status) || (await parties.latest())) return false;
    // One that failed sees nobody now; but what is wished for goes on when its trouble is over.
    const sees = status.state !== 'failed';
    if (sees) {
      metrics.count('RecognitionWithoutParty');
      log.warn('The recognition is on and no party is');
    }
    await recognition.stop();
    return sees;
  });
  return stopped?.result ?? false;
}
