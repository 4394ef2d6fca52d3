import { loggable } from '../../party/loggable.ts';
import { CameraTrouble } from '../../party/recognition/camera-trouble.ts';
import type { Services } from '../../party/services.ts';
import type { Camera } from '../camera/camera.ts';

/**
 * Writes down what is wrong with the camera, such as that none was chosen, whenever that changes: whoever asks before a
 * party is told.
 *
 * @returns how to stop it
 */
export async function noteCameraTrouble(
  { table, log }: Pick<Services, 'table' | 'log'>,
  camera: Pick<Camera, 'trouble' | 'watch'>,
): Promise<() => void> {
  const noted = new CameraTrouble(table);
  let last = camera.trouble;
  let writing = noted.write(last);
  const unwatch = camera.watch(() => {
    const { trouble } = camera;
    if (trouble === last) return;
    last = trouble;
    // One after the other: the last one stays.
    writing = writing
      .then(() => noted.write(trouble))
      .catch((error: unknown) => log.warn('What is wrong with the camera was not noted', loggable(error)));
  });
  await writing;
  return unwatch;
}
