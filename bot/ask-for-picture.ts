import { loggable } from '../party/loggable.ts';
import type { Services } from '../party/services.ts';
import type { PictureJob } from '../party/stores/pictures-function.ts';

/** Has a picture made for a question that was asked already. Without it the question can still be answered. */
export async function askForPicture(
  { pictures, log }: Pick<Services, 'pictures' | 'log'>,
  job: PictureJob,
): Promise<void> {
  try {
    await pictures.ask(job);
  } catch (error) {
    log.warn('A picture could not be asked for', { job: job.job, ...loggable(error) });
  }
}
