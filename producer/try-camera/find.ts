import { second } from '../../party/clock.ts';
import type { CameraSettings } from '../camera/camera-address.ts';
import { type FoundCamera, findText as text } from './find.text.ts';
import { type DiscoveredCamera, discoverCameras } from './onvif-discovery.ts';
import { OnvifError, streamAddresses } from './onvif-streams.ts';

/** Cameras answer at once, and slow ones within this: milliseconds. */
const patience = 3 * second;

/** Looks for cameras in the network and says where they are. @returns whether there is one */
export async function findCameras(
  settings: CameraSettings,
  say: (text: string) => void = (line) => console.log(line),
): Promise<boolean> {
  say(text.looking);
  const cameras = await discoverCameras(patience);
  const found = await Promise.all(cameras.map((camera) => withAddresses(camera, settings)));
  say(found.length > 0 ? text.found(found) : text.none);
  return found.length > 0;
}

/** Many say their addresses to anybody; the others are asked once more with the login, if there is one. */
async function withAddresses(
  camera: DiscoveredCamera,
  { CAMERA_USER: user, CAMERA_PASSWORD: password }: CameraSettings,
): Promise<FoundCamera> {
  const logins = [undefined, ...(user && password ? [{ user, password }] : [])];
  for (const login of logins) {
    try {
      return { ...camera, addresses: await streamAddresses(camera.service, login) };
    } catch (error) {
      if (!(error instanceof OnvifError)) throw error;
    }
  }
  return { ...camera, addresses: [] };
}
