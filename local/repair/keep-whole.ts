import type { Services } from '../../party/services.ts';
import type { Aws } from '../aws/aws.ts';
import type { Closing } from '../closing.ts';
import { messageOf } from '../command-line/terminal.ts';
import { addCarols } from '../deployment/carols.ts';
import type { OnDamage } from '../disk/damage.ts';
import type { LossReport } from './loss-report.ts';
import type { LostObjects } from './lost-objects.ts';
import { repairText } from './repair.text.ts';

/** What is kept whole, and who hears of it. */
export interface WholeHouse {
  readonly folder: string;
  readonly objects: Aws['objects'];
  readonly services: Services;
  readonly losses: LossReport;
  readonly lostObjects: LostObjects;
  readonly onDamage: OnDamage;
}

/**
 * While the house already runs: makes the carols, and puts those back that are gone; looks at every byte of every photo
 * and song, which is too much to wait for, and tells what is lost. Both end with the house.
 *
 * @returns settles when the carols are there, or the house is closed meanwhile
 */
export function keepWhole(
  { folder, objects, services, losses, lostObjects, onDamage }: WholeHouse,
  closing: Closing,
): Promise<void> {
  const ending = new AbortController();
  const putCarols = async (): Promise<void> => {
    const putBack = await addCarols(folder, services, ending.signal);
    if (putBack.length > 0) onDamage(repairText.carolsBack(putBack));
  };
  const unlessEnding = (error: unknown): void => {
    if (!ending.signal.aborted) throw error;
  };
  const carols = putCarols().catch(unlessEnding);
  const checked = objects
    .check(ending.signal)
    .then(async () => {
      if (!lostObjects.someWait) return;
      await carols;
      const { carols: gone } = await losses.tell();
      if (gone.length > 0) await putCarols();
    })
    .catch(unlessEnding)
    .catch((error) => console.error(messageOf(error)));
  closing.add(() => {
    ending.abort();
    // That they could not be made was told to who waits for them; it keeps nothing from ending.
    return Promise.all([checked, carols.catch(() => {})]);
  });
  return carols;
}
