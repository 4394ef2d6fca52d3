import { addressText } from '../../producer/camera/camera-address.text.ts';
import { CameraAddressError, cameraAddress } from '../../producer/camera/camera-address.ts';
import { isUrl } from '../../producer/camera/camera-error.ts';
import { CameraChoiceError } from './errors.ts';

/** A camera as a person types it in. */
export interface TypedCamera {
  /** With or without user and password in it. */
  readonly address: string;
  /** As they are, if they are not in the address. */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

/** What a camera can speak. Whatever else FFmpeg could open, such as a file, is no camera. */
const schemes = /^(rtsps?|https?):\/\//i;

/** A file or a device of this computer: `/home/…`, `~/…`, `C:\…`, `\\server\…`, `file:…`. */
const file = /^(\.{0,2}\/|~|[a-z]:[\\/]|\\\\|file:)/i;
const fileText =
  'That’s a file on this computer, and no camera’s address. To play a video as the camera, choose “Video file”; a webcam is under “Webcam”.';

/**
 * The camera's address, as `openCamera` takes it: user and password are in it, percent-encoded.
 *
 * @throws CameraChoiceError when it is none, in words for who typed it
 */
export function typedAddress({ address, user, password }: TypedCamera): string {
  if (file.test(address)) throw new CameraChoiceError(fileText);
  const whole = read({ CAMERA_URL: address, CAMERA_USER: user, CAMERA_PASSWORD: password });
  if (schemes.test(whole)) return whole;
  throw new CameraChoiceError(
    isUrl(whole)
      ? 'I can’t watch such an address. A camera’s begins with rtsp://, rtsps://, http:// or https://.'
      : addressText['no scheme'].typed,
  );
}

function read(settings: Parameters<typeof cameraAddress>[0]): string {
  try {
    return cameraAddress(settings);
  } catch (cause) {
    if (cause instanceof CameraAddressError) throw new CameraChoiceError(cause.ofTyped, { cause });
    throw cause;
  }
}
