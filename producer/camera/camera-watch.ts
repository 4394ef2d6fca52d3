import { setTimeout as delay } from 'node:timers/promises';
import { second } from '../../party/clock.ts';
import type { Log } from '../../party/log.ts';
import { loggable } from '../../party/loggable.ts';
import { problemText } from '../door/problems.text.ts';
import type { Problems } from '../door/problems.ts';
import { CameraError } from './camera-error.ts';
import type { Frame } from './frame.ts';

/** The pauses between tries of the camera, milliseconds: the first (each further one is twice as long) and the longest. */
export interface CameraPauses {
  readonly first: number;
  readonly longest: number;
}

/** What a camera is watched with. */
export interface CameraWatchParts {
  /** Begins to watch the camera. */
  readonly open: (signal: AbortSignal) => AsyncIterable<Frame>;
  readonly problems: Problems;
  readonly log: Log;
  readonly cameraPauses?: CameraPauses;
}

/** A camera that refuses the password locks its account after some tries: it is tried seldom. Milliseconds. */
const refusedPause = 30 * second;
const usualPauses = { first: second, longest: 30 * second };

/** Gives frame after frame until the signal; a camera that fails or ends is tried again for ever. Never throws. */
export async function watchCamera(
  { open, problems, log, cameraPauses: { first, longest } = usualPauses }: CameraWatchParts,
  onFrame: (frame: Frame) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let isLive = false;
    let failure: unknown;
    try {
      for await (const frame of open(signal)) {
        if (!isLive) {
          isLive = true;
          failures = 0;
          problems.solved('camera');
          log.info('The camera sends', { width: frame.picture.width, height: frame.picture.height });
        }
        await onFrame(frame);
      }
    } catch (error) {
      failure = error;
    }
    if (signal.aborted) return;
    const kind = failure instanceof CameraError ? failure.failure : 'ended';
    const pause = Math.min(longest, kind === 'refused' ? refusedPause : first * 2 ** failures);
    failures += 1;
    problems.has('camera', problemText.camera[kind]);
    log.warn('The camera is not watched', {
      failure: kind,
      againInMs: pause,
      ...(failure ? loggable(failure) : {}),
    });
    await delay(pause, undefined, { signal }).catch(() => {});
  }
}
