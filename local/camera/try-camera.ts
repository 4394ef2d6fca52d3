import { openCamera } from '../../producer/camera/camera.ts';
import { CameraError } from '../../producer/camera/camera-error.ts';
import type { JpegPicture } from '../../vision/face.ts';
import { CameraChoiceError } from './errors.ts';
import type { OpenCamera } from './sources.ts';
import { type TypedCamera, typedAddress } from './typed-camera.ts';

/** What came of trying a camera. */
export type CameraTrial =
  /** What it shows now. */
  | { readonly picture: JpegPicture }
  /** Why there is no picture and what to do, in words for people and without the password. */
  | { readonly reason: string };

/**
 * Looks once through a camera, and changes nothing: `Camera.use` then makes it the one. Takes up to ten seconds, for
 * some answer late.
 *
 * @param signal for who waits no longer; the reason is then of no use
 */
export async function tryCamera(
  typed: TypedCamera,
  { signal, open = openCamera }: { readonly signal?: AbortSignal; readonly open?: OpenCamera } = {},
): Promise<CameraTrial> {
  const enough = new AbortController();
  try {
    const address = typedAddress(typed);
    const either = signal ? AbortSignal.any([signal, enough.signal]) : enough.signal;
    for await (const { picture } of open(address, { framesPerSecond: 1, signal: either })) {
      return { picture };
    }
    return { reason: 'The camera answers, but sends no picture. Restart it, or try its other stream.' };
  } catch (error) {
    if (error instanceof CameraChoiceError || error instanceof CameraError) return { reason: error.message };
    throw error;
  } finally {
    enough.abort();
  }
}
