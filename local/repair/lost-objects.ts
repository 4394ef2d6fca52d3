import type { Services } from '../../party/services.ts';
import type { LostObject } from '../aws/s3/object-files.ts';
import type { OnDamage } from '../disk/damage.ts';
import { photoOf, songOf } from './losses.text.ts';
import { repairText } from './repair.text.ts';

type Known = Pick<Services, 'guests' | 'songs'>;

/**
 * Objects of the bucket that were found damaged past mending. S3 knows them by their keys; whoever reads of them knows
 * them as somebody's song or photo, which only the tables say: so they wait here until those can be asked.
 */
export class LostObjects {
  #waiting: LostObject[] = [];

  /** Takes note of one. */
  readonly note = (lost: LostObject): void => {
    this.#waiting.push(lost);
  };

  get someWait(): boolean {
    return this.#waiting.length > 0;
  }

  /** Tells of those that were noted since the last time. */
  async tell(known: Known, tell: OnDamage): Promise<void> {
    const lost = this.#waiting;
    this.#waiting = [];
    for (const one of lost) {
      const what = one.key === undefined ? undefined : await nameOf(one.key, known);
      // A carol is made anew, and that is told.
      if (what !== 'a carol') tell(repairText.objectLost(one, what));
    }
  }
}

/** What an object is to people: `a photo of Tony`, `a carol`; undefined when no song or photo has that key. */
async function nameOf(key: string, { guests, songs }: Known): Promise<string | undefined> {
  const everybody = await guests.list();
  const song = (await songs.list()).find((one) => one.key === key);
  if (song) {
    const whose = everybody.filter(({ songId }) => songId === song.id).map(({ name }) => name);
    return songOf({ song, whose });
  }
  if ((await songs.carols()).some((one) => one.key === key)) return 'a carol';
  for (const { id, name } of everybody) {
    if ((await guests.photos(id)).some((photo) => photo.key === key)) return photoOf(name);
  }
  return undefined;
}
