import { second } from '../../party/clock.ts';
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

/** More often than a silent camera is told of: milliseconds. */
const notedEvery = 20 * second;

/**
 * Notes, for a party that is on, why the door was not watched until now (the program was not running), and from now on
 * what becomes of the camera. A party may also begin while the camera is off: so what lasts is noted again and again,
 * of which the party keeps the first.
 *
 * @param startedAt when the program started, milliseconds since 1970: before it looked at any frame
 * @returns how to stop it
 */
export async function noteInterruptions(
  { parties, log }: Pick<Services, 'parties' | 'log'>,
  camera: Pick<Camera, 'state' | 'watch'>,
  startedAt: number,
): Promise<() => void> {
  const note = (status: CameraStatus): void => {
    const cause = causes[status];
    if (cause)
      parties
        .interrupted(cause)
        .catch((error: unknown) =>
          log.warn('Why the door is not watched could not be noted', loggable(error)),
        );
  };
  await parties.interrupted('not running', startedAt);
  let last: CameraStatus | undefined;
  const unwatch = camera.watch(({ status }) => {
    if (status !== last) note(status);
    last = status;
  });
  const again = setInterval(() => note(camera.state.status), notedEvery);
  return () => {
    clearInterval(again);
    unwatch();
  };
}
