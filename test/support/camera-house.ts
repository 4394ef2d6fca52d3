import path from 'node:path';
import type { TestContext } from 'node:test';
import { makeClip } from './clip.ts';
import { claim, invite, openHouse, type TestHouse } from './house.ts';
import { doorPicture } from './pictures.ts';
import { portrait } from './portraits.ts';
import { startRtspServer } from './rtsp-server.ts';
import { swaying } from './swaying.ts';
import type { PersonClient } from './telegram/person-client.ts';

/** A house with an RTSP camera that shows Anna, its guest, for a minute and a half. */
export interface CameraHouse {
  readonly house: TestHouse;
  /** Its host, who has claimed it and sent Anna's photo. */
  readonly host: PersonClient;
  readonly login: { readonly user: string; readonly password: string };
  /** Of the camera. */
  readonly port: number;
  /** The camera goes. */
  stopCamera(): Promise<void>;
  /** And is there again, at the same address. */
  startCamera(): Promise<void>;
}

/** Opens a house whose producer is the test's own; house and camera end with the test. */
export async function openCameraHouse(t: TestContext, password: string): Promise<CameraHouse> {
  const house = await openHouse(t, { recognition: 'images' });
  await house.carols;
  const clip = path.join(house.folder, 'door.mp4');
  await makeClip(await swaying(await doorPicture(), 90), clip, { framesPerSecond: 4 });
  const login = { user: 'door', password };
  const camera = await startRtspServer(clip, { login });
  t.after(() => camera.stop());
  const host = await house.person('host');
  await claim(house, host);
  await invite(host, 'Anna', await portrait('anna'));
  return {
    ...{ house, host, login, port: camera.port },
    stopCamera: () => camera.stop(),
    async startCamera() {
      const again = await startRtspServer(clip, { login, port: camera.port });
      t.after(() => again.stop());
    },
  };
}
