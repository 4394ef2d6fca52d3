import { setTimeout as delay } from 'node:timers/promises';
import { second } from '../../party/clock.ts';
import type { Log, LogFields } from '../../party/log.ts';
import { loggable } from '../../party/loggable.ts';
import { problemText } from '../door/problems.text.ts';
import type { Problems } from '../door/problems.ts';
import { CameraError, type CameraFailure } from './camera-error.ts';
import type { Frame } from './frame.ts';
import { type CameraPauses, Retries } from './retries.ts';

/** What a camera is watched with. */
export interface CameraWatchParts<Seen = Frame> {
  /** Begins to watch the camera. */
  readonly open: (signal: AbortSignal) => AsyncIterable<Seen>;
  readonly problems: Problems;
  readonly log: Log;
  readonly cameraPauses?: CameraPauses;
  /**
   * What the host has to change when the camera is well and what it sends is of no use; undefined for all other errors.
   */
  readonly unfit?: (error: unknown) => string | undefined;
}

const usualPauses = { first: second, longest: 30 * second };

/** Gives frame after frame until the signal; a camera that fails or ends is tried again for ever. Never throws. */
export async function watchCamera<Seen = Frame>(
  { open, problems, log, cameraPauses = usualPauses, unfit = () => undefined }: CameraWatchParts<Seen>,
  onFrame: (frame: Seen) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const retries = new Retries(cameraPauses);
  while (!signal.aborted) {
    let isLive = false;
    let failure: unknown;
    try {
      for await (const frame of open(signal)) {
        if (!isLive) {
          isLive = true;
          retries.succeeded();
          problems.solved('camera');
          log.info('The camera sends', sizeOf(frame));
        }
        await onFrame(frame);
      }
    } catch (error) {
      failure = error;
    }
    if (signal.aborted) return;
    const advice = unfit(failure);
    const kind = failure instanceof CameraError ? failure.failure : 'ended';
    // Nothing gets better until somebody changes the camera's settings.
    const pause = advice === undefined ? retries.failed(kind) : cameraPauses.longest;
    const status = failure instanceof CameraError ? failure.status : undefined;
    problems.has('camera', advice ?? (retries.mayLockOut ? problemText.lockOut : wordsFor(kind, status)));
    log.warn('The camera is not watched', {
      failure: advice === undefined ? kind : 'unfit',
      ...(status !== undefined && { status }),
      againInMs: pause,
      ...(failure ? loggable(failure) : {}),
    });
    await delay(pause, undefined, { signal }).catch(() => {});
  }
}

/** Of a picture that is decoded the size is known. */
function sizeOf(frame: unknown): LogFields {
  const { picture } = frame as Partial<Frame>;
  return picture ? { width: picture.width, height: picture.height } : {};
}

/** Of a refusal that needs no explaining, such as that of a password, the number would only be in the way. */
function wordsFor(kind: CameraFailure, status: number | undefined): string {
  const words = problemText.camera[kind];
  const isNumbered = status !== undefined && (kind === 'declined' || kind === 'busy');
  return isNumbered ? `${words} ${problemText.cameraAnswer(status)}` : words;
}
