import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DoorFrame, DoorState } from '../../../local/page/door-frame.ts';
import { encodeJpeg } from '../../../vision/picture.ts';
import { makeClip } from '../../support/clip.ts';
import { emptyFolder } from '../../support/folder.ts';
import { samplePicture } from '../../support/pictures.ts';
import { firstEvent } from './event-stream.ts';
import { startPage } from './page-server.ts';

const own = { 'x-musical-joy': '1' };
const picture = { width: 64, height: 36, data: new Uint8Array(64 * 36 * 3).fill(90) };

const choose = (address: string, body: unknown) =>
  fetch(`${address}/door/camera`, { method: 'POST', headers: own, body: JSON.stringify(body) });
const show = (address: string, jpeg: Uint8Array) =>
  fetch(`${address}/door/frames`, { method: 'POST', headers: own, body: new Uint8Array(jpeg) });
const errorOf = async (response: Response) => ((await response.json()) as { error: string }).error;

/** Shows a picture again and again until the work is done. */
async function whileShown<T>(address: string, jpeg: Uint8Array, work: Promise<T>): Promise<T> {
  let done = false;
  const result = work.finally(() => {
    done = true;
  });
  while (!done) await show(address, jpeg);
  return result;
}

test('a webcam picture is told as a frame and can be had as it came', async (t) => {
  const { address } = await startPage(t);
  assert.equal((await choose(address, { source: 'webcam' })).status, 200);
  const jpeg = await encodeJpeg(picture);
  const frame = await whileShown(address, jpeg, firstEvent<DoorFrame>(`${address}/door/events`, 'frame'));
  assert.deepEqual({ ...frame, time: 0 }, { time: 0, width: 64, height: 36, faces: [], recognition: 'off' });
  const kept = await fetch(`${address}/door/pictures/${frame.time}`);
  assert.equal(kept.headers.get('content-type'), 'image/jpeg');
  assert.deepEqual(Buffer.from(await kept.arrayBuffer()), jpeg);
  const { camera } = (await (await fetch(`${address}/door/state`)).json()) as DoorState;
  assert.deepEqual([camera.source, camera.status, camera.width], ['webcam', 'live', 64]);
});

test('what the recognition saw is shown with its picture and its kind', async (t) => {
  const { address, camera, seen } = await startPage(t);
  await camera.choose('webcam');
  const box = { left: 0.1, top: 0.2, width: 0.3, height: 0.4 };
  const faces = [{ box, name: 'Anna', similarity: 97 }, { box }, { box, unusable: 'too small' }];
  camera.watchPictures(({ time }) => seen.tell({ time: time + 3, faces }));
  const jpeg = await encodeJpeg(picture);
  const events = `${address}/door/events`;
  const frame = await whileShown(
    address,
    jpeg,
    firstEvent<DoorFrame>(events, 'frame', ({ recognition }) => recognition === 'on'),
  );
  assert.deepEqual(
    frame.faces.map(({ kind, name }) => [kind, name]),
    [
      ['known', 'Anna'],
      ['unknown', undefined],
      ['unusable', undefined],
    ],
  );
  assert.equal((await fetch(`${address}/door/pictures/${frame.time}`)).status, 200);
});

test('a recognition that cannot keep up is said with the state of the door, as long as it is so', async (t) => {
  const { address, camera, seen } = await startPage(t);
  await camera.choose('webcam');
  let isTooSlow = true;
  camera.watchPictures(({ time }) => seen.tell({ time, faces: [], ...(isTooSlow && { isTooSlow: true }) }));
  const jpeg = await encodeJpeg(picture);
  const events = `${address}/door/events`;
  const state = (slow: boolean) =>
    firstEvent<DoorState>(
      events,
      'camera',
      (told) => told.recognition === 'on' && (told.isTooSlow ?? false) === slow,
    );
  await whileShown(address, jpeg, state(true));
  isTooSlow = false;
  await whileShown(address, jpeg, state(false));
});

test('a party is on also while nothing is looked at for it, as when the camera has just begun', async (t) => {
  let isOn = true;
  const { address } = await startPage(t, { mode: 'local' }, { isPartyOn: async () => isOn });
  const state = async () => (await (await fetch(`${address}/door/state`)).json()) as DoorState;
  const { recognition, party } = await firstEvent<DoorState>(`${address}/door/events`, 'camera');
  assert.deepEqual([recognition, party], ['off', true]);
  isOn = false;
  assert.equal((await state()).party, false);
});

test('what is wrong is answered in words', async (t) => {
  const { address, camera } = await startPage(t);
  const jpeg = await encodeJpeg(picture);
  const notChosen = await show(address, jpeg);
  assert.equal(notChosen.status, 409);
  assert.match(await errorOf(notChosen), /not chosen/);

  const unknown = await choose(address, { source: 'moon' });
  assert.equal(unknown.status, 400);
  assert.match(await errorOf(unknown), /webcam, file, rtsp/);
  const noAddress = await choose(address, { source: 'rtsp' });
  assert.equal(noAddress.status, 409);
  assert.match(await errorOf(noAddress), /CAMERA_URL/);

  await camera.choose('webcam');
  for (const broken of [Buffer.from('no picture'), jpeg.subarray(0, 60)]) {
    const refused = await show(address, broken);
    assert.equal(refused.status, 400);
    assert.match(await errorOf(refused), /JPEG|damaged/);
  }
  assert.equal((await show(address, Buffer.alloc(4 * 1024 * 1024 + 1, 0xff))).status, 413);
  assert.equal((await fetch(`${address}/door/pictures/12345`)).status, 404);
  assert.equal((await fetch(`${address}/door/pictures/nonsense`)).status, 404);
});

test('a video file is taken from a form, checked and played', async (t) => {
  const { address } = await startPage(t);
  const path = join(await emptyFolder(), 'door.mp4');
  await makeClip([{ picture: await samplePicture(1), seconds: 2 }], path);

  const send = async (name: string, bytes: Uint8Array) => {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(bytes)], name));
    return fetch(`${address}/door/camera?loop=1`, { method: 'POST', headers: own, body: form });
  };
  const refused = await send('notes.txt', Buffer.from('no video at all'));
  assert.equal(refused.status, 400);
  assert.equal(await errorOf(refused), 'I can’t play “notes.txt”: it isn’t a video, or it’s damaged.');

  const frame = firstEvent<DoorFrame>(`${address}/door/events`, 'frame');
  const taken = await send('door.mp4', await readFile(path));
  const { camera } = (await taken.json()) as DoorState;
  assert.deepEqual([camera.source, camera.video], ['file', { name: 'door.mp4', loop: true }]);
  assert.deepEqual([(await frame).width, (await frame).height], [1280, 720]);
});

test('a page of another site can change nothing, and its name for this machine gets nothing', async (t) => {
  const { address } = await startPage(t);
  const elsewhere = { origin: 'https://elsewhere.example' };
  const body = JSON.stringify({ source: 'webcam' });
  for (const headers of [elsewhere, { ...own, ...elsewhere }, {}]) {
    assert.equal((await fetch(`${address}/door/camera`, { method: 'POST', headers, body })).status, 403);
  }
  const ownPage = await fetch(`${address}/door/camera`, {
    method: 'POST',
    headers: { origin: address },
    body,
  });
  assert.equal(ownPage.status, 200);

  const status = await new Promise((resolve, reject) => {
    const headers = { host: 'joy.elsewhere.example' };
    request(`${address}/door/state`, { headers }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
  assert.equal(status, 403);
});

test('the page is whole in itself: nothing from elsewhere, nothing written into it', async (t) => {
  const { address } = await startPage(t);
  const response = await fetch(address);
  const policy = response.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self'(;|$)/);
  assert.doesNotMatch(policy, /unsafe|https?:/);
  const html = await response.text();
  assert.doesNotMatch(html, /<script>|<style|https?:/);
  const paths = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
  assert.equal(paths.length, 3);
  for (const path of [...paths, '/assets/metronome.js']) {
    const asset = await fetch(`${address}${path}`);
    assert.equal(asset.status, 200, path);
    assert.doesNotMatch(await asset.text(), /url\(|@import|import\(/, path);
  }
});

test('who begins to listen is told at once how it is', async (t) => {
  const { address, camera, seen } = await startPage(t);
  await firstEvent(`${address}/door/events`, 'camera');
  await camera.choose('webcam');
  seen.tell({ time: Date.now(), faces: [] });
  const state = await firstEvent<DoorState>(`${address}/door/events`, 'camera');
  assert.equal(state.recognition, 'on');
});

test('a choice of a camera is a few words, and no more is read', async (t) => {
  const { address } = await startPage(t);
  const endless = new ReadableStream<Uint8Array>({ pull: (stream) => stream.enqueue(new Uint8Array(1024)) });
  const sent = { method: 'POST', headers: own, body: endless, duplex: 'half' } as RequestInit;
  const refused = await fetch(`${address}/door/camera`, sent);
  assert.equal(refused.status, 400);
  assert.match(await errorOf(refused), /^Choose one of /);
});
