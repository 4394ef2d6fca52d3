import { loggable } from '../../party/loggable.ts';
import type { InterruptionCause } from '../../party/parties/interruptions.ts';
import type { Services } from '../../party/services.ts';
import type { Camera } from '../camera/camera.ts';
import type { CameraStatus } from '../camera/state.ts';

/** What keeps the door from being watched, by the state of the camera. */
const causes: Readonly<Partial<Record<CameraStatus, InterruptionCause>>> = {
  off: 'camera off',
  ended: 'video ended',
  lost: 'camera lost',
};

/**
 * Notes, for a party that is on, why the door was not watched until now (the program was not running), and from now on
 * what becomes of the camera.
 *
 * @param startedAt when the program started, milliseconds since 1970: before it looked at any frame
 * @returns how to stop it
 */
export async function noteInterruptions(
  { parties, log }: Pick<Services, 'parties' | 'log'>,
  camera: Pick<Camera, 'watch'>,
  startedAt: number,
): Promise<() => void> {
  await parties.interrupted('not running', startedAt);
  let last: CameraStatus | undefined;
  return camera.watch(({ status }) => {
    const cause = status === last ? undefined : causes[status];
    last = status;
    if (cause)
      parties
        .interrupted(cause)
        .catch((error: unknown) =>
          log.warn('Why the door is not watched could not be noted', loggable(error)),
        );
  });
}
