import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import type { House } from '../local/house-options.ts';
import type { Picture } from '../vision/face.ts';
import { makeClip } from './support/clip.ts';
import { eventually } from './support/eventually.ts';
import { emptyFolder } from './support/folder.ts';
import { claim, invite, nextArrival, nextSnapshot, openHouse, startParty } from './support/house.ts';
import { doorPicture, samplePicture } from './support/pictures.ts';
import { portrait } from './support/portraits.ts';
import { startRtspServer, withoutRtspServer } from './support/rtsp-server.ts';
import { swaying } from './support/swaying.ts';

test('a guest before an RTSP camera arrives; a camera that went away is missed, and watched again when it is back', {
  skip: withoutRtspServer,
  timeout: 180_000,
}, async (t) => {
  const folder = await emptyFolder();
  const clip = async (name: string, picture: Picture): Promise<string> => {
    const file = path.join(folder, name);
    await makeClip(await swaying(picture, 30), file, { framesPerSecond: 10 });
    return file;
  };
  const camera = await startRtspServer(await clip('anna.mp4', await doorPicture()));
  t.after(() => camera.stop());
  const house = await openHouse(t);
  await house.carols;
  const host = await house.person('host');
  await claim(house, host);
  await invite(host, 'Anna', await portrait('anna'));
  await startParty(host);

  // Its address is pasted on the page while the house runs.
  const tried = await pasted(house, 'try', camera.address);
  assert.deepEqual([tried.status, tried.headers.get('content-type')], [200, 'image/jpeg']);
  const { width } = await sharp(Buffer.from(await tried.arrayBuffer())).metadata();
  assert.equal(width, 1280);
  assert.equal(house.camera.state.source, 'off');
  assert.equal((await pasted(house, 'use', camera.address)).status, 200);

  assert.match((await nextArrival(host)).caption ?? '', /^Anna is here/);
  const snapshot = await nextSnapshot(host);
  assert.equal(snapshot.photo?.at(-1)?.width, 1280);
  const { source, status } = house.camera.state;
  assert.deepEqual({ source, status }, { source: 'rtsp', status: 'live' });

  await camera.stop();
  await eventually('the camera is lost', () => house.camera.state.status === 'lost');
  assert.ok(house.camera.state.message);
  await invite(host, 'Carla', await portrait('carla'));
  const back = await startRtspServer(await clip('carla.mp4', await samplePicture(6)), { port: camera.port });
  t.after(() => back.stop());
  await eventually('the camera is live again', () => house.camera.state.status === 'live');
  assert.match((await nextArrival(host)).caption ?? '', /^Carla is here/);
});

/** What the page does with an address that is pasted there. */
const pasted = (
  { pageUrl }: Pick<House, 'pageUrl'>,
  what: 'try' | 'use',
  address: string,
): Promise<Response> =>
  fetch(`${pageUrl}/door/camera/${what}`, {
    method: 'POST',
    headers: { 'x-musical-joy': '1' },
    body: JSON.stringify({ address }),
  });
