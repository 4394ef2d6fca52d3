import path from 'node:path';
import { makeClip } from './clip.ts';
import { emptyFolder } from './folder.ts';
import { doorPicture } from './pictures.ts';
import { swaying } from './swaying.ts';

/** How long the clip is and how smooth. */
export interface DoorClipOptions {
  readonly seconds: number;
  readonly framesPerSecond: number;
}

/** A video of a door in which Anna stands all the time, as people stand; the file is removed when the process ends. */
export async function doorClip({ seconds, framesPerSecond }: DoorClipOptions): Promise<string> {
  const clip = path.join(await emptyFolder(), 'door.mp4');
  await makeClip(await swaying(await doorPicture(), seconds), clip, { framesPerSecond });
  return clip;
}
