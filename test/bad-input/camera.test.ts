import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Camera, createCamera } from '../../local/camera/camera.ts';
import type { OpenCamera } from '../../local/camera/sources.ts';
import type { CameraState } from '../../local/camera/state.ts';
import { doorApp } from '../../local/page/door.ts';
import { openCamera } from '../../producer/camera/camera.ts';
import { makeClip } from '../support/clip.ts';
import { eventually } from '../support/eventually.ts';
import { emptyFolder } from '../support/folder.ts';
import { sdpOf, senderReport, startOddCamera } from '../support/odd-camera.ts';
import { startRtspServer, withoutRtspServer } from '../support/rtsp-server.ts';

const skip = { skip: withoutRtspServer };

/** A video to be served, and a folder for the camera. */
async function prepare() {
  const folder = await emptyFolder();
  const video = path.join(folder, 'door.mp4');
  const picture = { width: 320, height: 180, data: new Uint8Array(320 * 180 * 3).fill(90) };
  await makeClip([{ picture, seconds: 60 }], video, { framesPerSecond: 5, width: 320 });
  return { folder, video };
}

/** The camera at an address, and what the page says of it. */
function openDoor(t: TestContext, folder: string, cameraUrl: string, open: OpenCamera = openCamera) {
  const timings = { firstRetry: 100, longestRetry: 300 };
  const camera = createCamera({ folder, open, cameraUrl, timings });
  t.after(() => camera.close());
  const page = doorApp(camera, { watch: () => () => {} });
  const onPage = async () => (await (await page.request('/state')).json()) as { camera: CameraState };
  return { camera, onPage };
}

/** Waits until the camera is so, as its words on the page say. */
async function becomes(camera: Camera, status: CameraState['status'], words = /^/): Promise<string> {
  const seen: string[] = [];
  let told: string | undefined;
  const look = (state: CameraState): void => {
    seen.push(`${state.status} ${state.message ?? ''}`);
    if (state.status === status && words.test(state.message ?? '')) told ??= state.message ?? '';
  };
  const stop = camera.watch(look);
  try {
    look(camera.state);
    await eventually(`${status} ${words}`, () => told !== undefined);
    return told ?? '';
  } catch (error) {
    throw new Error(`The camera was: ${seen.join(' | ')}`, { cause: error });
  } finally {
    stop();
  }
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test(
  'a camera that is not there, freezes or goes away is told of on the page, and comes back by itself',
  skip,
  async (t) => {
    const { folder, video } = await prepare();
    const port = await freePort();
    const { camera, onPage } = openDoor(t, folder, `rtsp://127.0.0.1:${port}/door`);

    const unreachable = await becomes(camera, 'lost', /does not answer/);
    assert.match(unreachable, /Check that it is on and in this network, and its address and port\.$/);
    assert.equal((await onPage()).camera.message, unreachable);

    const first = await startRtspServer(video, { port });
    t.after(() => first.stop());
    await becomes(camera, 'live');
    assert.equal((await onPage()).camera.message, undefined);

    first.freeze();
    assert.match(await becomes(camera, 'lost', /stopped sending/), /Check its power and network\.$/);
    await first.stop();
    const second = await startRtspServer(video, { port });
    t.after(() => second.stop());
    await becomes(camera, 'live');

    await second.stop();
    await becomes(
      camera,
      'lost',
      /(stopped sending|ended its stream)\. Check its power and network\.$|does not answer/,
    );
  },
);

test('a camera that refuses the password says so, and the password is not in it', skip, async (t) => {
  const { folder, video } = await prepare();
  const server = await startRtspServer(video, { login: { user: 'joy', password: 'right' } });
  t.after(() => server.stop());
  const { camera, onPage } = openDoor(t, folder, `rtsp://joy:wr%2Fong@127.0.0.1:${server.port}/door`);
  const refused = await becomes(camera, 'lost', /refuses the user name or password/);
  assert.match(refused, /Check both; many cameras need an account of their own for RTSP\.$/);
  assert.doesNotMatch(JSON.stringify(await onPage()), /joy|wr(%2F|\/)ong/);
});

test('a camera that talks and shows no picture is told of, again and again, and nothing ends', async (t) => {
  const odd = await startOddCamera({
    sdp: sdpOf({ parameterSets: 'Z0LAH9oBQBboQAAAAwBAAAAFI8YMqA==,aM4G8g==' }),
    async play(viewer, signal) {
      for (; !signal.aborted; await delay(50)) viewer.send(1, senderReport());
    },
  });
  t.after(() => odd.stop());
  const { camera, onPage } = openDoor(t, await emptyFolder(), odd.address, (address, options) =>
    openCamera(address, { ...options, patience: { first: 500, next: 500 } }),
  );
  const told = await becomes(camera, 'lost', /answers, but sends no picture/);
  await eventually('it is called again', () => odd.viewers > 1, 60_000);
  assert.equal((await onPage()).camera.message, told);
});

test('a path where there is no video says so', skip, async (t) => {
  const { folder, video } = await prepare();
  const server = await startRtspServer(video);
  t.after(() => server.stop());
  const { camera } = openDoor(t, folder, `rtsp://127.0.0.1:${server.port}/garden`);
  assert.match(await becomes(camera, 'lost', /no video/), /under the path given\. Check the path\.$/);
});

test('an address that is none says so', async (t) => {
  const folder = await emptyFolder();
  const { camera } = openDoor(t, folder, 'rtsp://joy:pa/ss@word@nowhere:99999/door');
  const told = await becomes(camera, 'lost');
  assert.match(told, /the address given/);
  assert.doesNotMatch(told, /pa\/ss|word@/);
});
