import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { decodePicture, encodeJpeg } from '../../../vision/picture.ts';
import { findBarriers } from '../../support/axe.ts';
import {
  noBrowser,
  openBrowser as openBrowserOfItsOwn,
  openPage,
  sharedBrowser,
  webcamFrom,
} from '../../support/browser.ts';
import { chooseCamera, chooseVideo, door } from '../../support/by-hand.ts';
import { makeClip } from '../../support/clip.ts';
import { emptyFolder } from '../../support/folder.ts';
import { sampleFile, samplePicture } from '../../support/pictures.ts';
import { startPage } from './page-server.ts';

const options = { skip: noBrowser };
const openBrowser = sharedBrowser();

const temporaryFile = async (name: string) => join(await emptyFolder(), name);

const picture = (page: Page) => door(page).getByRole('img', { name: 'What the camera sees' });

test('the webcam of the page becomes the camera, and stays it over a reload', options, async (t) => {
  const film = await temporaryFile('webcam.mjpeg');
  const still = await sharp(sampleFile(3)).resize(640, 480, { fit: 'cover' }).jpeg().toBuffer();
  await writeFile(film, Buffer.concat([still, still, still]));
  const { address, camera } = await startPage(t);
  const browser = await openBrowserOfItsOwn(t, webcamFrom(film));
  const { page, problems } = await openPage(browser, address, { permissions: ['camera'] });
  await chooseCamera(page, 'Webcam');
  await picture(page).waitFor();
  await door(page)
    .getByText(/Watching/)
    .waitFor();
  await door(page).getByText('No party is on').waitFor();

  const [kept] = await camera.pictures(0, Number.MAX_SAFE_INTEGER);
  const shown = await decodePicture(kept!.jpeg);
  assert.ok(shown.width >= 640);
  assert.ok((await likeness(kept!.jpeg, still)) < 12, 'the server has what the webcam sees');

  await page.reload();
  const [before] = (await camera.pictures(0, Number.MAX_SAFE_INTEGER)).slice(-1);
  await new Promise<void>((resolve) => {
    camera.watchPictures(({ time }) => time > before!.time && resolve());
  });
  await picture(page).waitFor();
  await chooseCamera(page, 'Off');
  await door(page).getByText('Choose a camera').waitFor();
  assert.equal(camera.state.status, 'off');
  // A picture that was on its way then is not taken any more.
  assert.deepEqual(
    problems.filter((problem) => !/409 \(Conflict\)/.test(problem)),
    [],
  );
});

/** The mean difference of two pictures' pixels, 0 to 255, in a small size. */
async function likeness(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all(
    [one, other].map((jpeg) => sharp(jpeg).resize(64, 48, { fit: 'cover' }).raw().toBuffer()),
  );
  return a!.reduce((sum, value, index) => sum + Math.abs(value - b![index]!), 0) / a!.length;
}

test('a webcam that may not be used is said in words', options, async (t) => {
  const { address } = await startPage(t);
  const { page } = await openPage(await openBrowser(t), address);
  await chooseCamera(page, 'Webcam');
  await page
    .getByRole('status')
    .getByText(/webcam/i)
    .waitFor();
  await door(page).getByRole('button', { name: 'Use this computer’s webcam' }).waitFor();
});

test('a video file is sent, checked and shown; one that is none is refused in words', options, async (t) => {
  const { address, camera } = await startPage(t);
  const clip = await temporaryFile('door.mp4');
  await makeClip([{ picture: await samplePicture(1), seconds: 1 }], clip);
  const { page } = await openPage(await openBrowser(t), address);

  const text = await temporaryFile('notes.mp4');
  await writeFile(text, 'no video');
  await chooseVideo(page, 'Video file', text);
  await page
    .getByRole('status')
    .getByText('I can’t play “notes.mp4”: it isn’t a video, or it’s damaged.')
    .waitFor();
  assert.equal(camera.state.source, 'off');

  await chooseVideo(page, 'Video file', clip);
  await picture(page).waitFor();
  await door(page).getByText('Ended', { exact: true }).waitFor();
  await door(page).getByText('door.mp4').waitFor();
  await door(page).getByRole('checkbox', { name: 'Loop' }).check();
  await door(page)
    .getByText(/Watching/)
    .waitFor();
  assert.equal(camera.state.video?.loop, true);
});

test('names and reasons are drawn over the faces they belong to', options, async (t) => {
  const { address, camera, seen } = await startPage(t);
  const { page, problems } = await openPage(await openBrowser(t), address);
  // Only who listens already is told of a frame.
  await door(page).getByRole('status').getByText('Off').waitFor();
  await camera.choose('webcam');
  camera.watchPictures(({ time }) => {
    const box = { left: 0.25, top: 0.5, width: 0.1, height: 0.2 };
    const faces = [
      { box, name: 'Anna', similarity: 97.4 },
      { box: { ...box, left: 0.5 } },
      { box: { ...box, left: 0.75 }, unusable: 'turned away' },
    ];
    seen.tell({ time, faces });
  });
  await camera.receive(await sharp(sampleFile(1)).resize(1280).jpeg().toBuffer());
  const faces = door(page).getByRole('list', { name: 'Faces in the picture' }).getByRole('listitem');
  await faces.first().waitFor();
  assert.deepEqual(await faces.allTextContents(), ['Anna', 'Unknown', 'turned away']);
  assert.equal(await faces.first().getAttribute('title'), '97 % alike');
  const frame = (await picture(page).boundingBox())!;
  const box = (await door(page).locator('.face.known').boundingBox())!;
  assert.ok(Math.abs((box.x - frame.x) / frame.width - 0.25) < 0.01);
  assert.ok(Math.abs((box.y - frame.y) / frame.height - 0.5) < 0.01);
  assert.ok(Math.abs(box.width / frame.width - 0.1) < 0.01);
  assert.deepEqual(await findBarriers(page), []);
  assert.deepEqual(problems, []);
});

test('a camera is pasted by its address, and why it shows nothing is said', options, async (t) => {
  const { address, camera } = await startPage(t);
  const { page, problems } = await openPage(await openBrowser(t), address);
  await door(page).getByText('My camera', { exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'My camera' });
  const typed = dialog.getByRole('textbox', { name: 'Its address' });
  await typed.fill('/dev/video0');
  await dialog.getByRole('button', { name: 'Try it' }).click();
  await dialog.getByRole('status').getByText('That’s a file on this computer').waitFor();
  await typed.fill('192.168.1.20/stream1');
  await dialog.getByRole('button', { name: 'Try it' }).click();
  await dialog
    .getByRole('status')
    .getByText(/rtsp:\/\//)
    .waitFor();
  const port = await closedPort();
  await typed.fill(`rtsp://127.0.0.1:${port}/door`);
  await dialog.getByRole('button', { name: 'Try it' }).click();
  await dialog
    .getByRole('status')
    .getByText(/camera/i)
    .waitFor();
  await dialog.getByRole('button', { name: 'Try it' }).waitFor();
  assert.equal(camera.state.source, 'off', 'nothing is changed by trying');
  await dialog.getByRole('button', { name: 'Use a phone instead' }).click();
  await dialog.getByText('npm start -- --lan').waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.ok(await page.getByRole('radio', { name: 'Off' }).isChecked());
  // The browser itself logs an answer of 422 or 409.
  assert.ok(problems.every((problem) => /422|409/.test(problem)));
});

test('a phone is invited to be the camera by a picture of a link', options, async (t) => {
  const { address, camera } = await startPage(t, { mode: 'local' }, { withPhone: true });
  const { page, problems } = await openPage(await openBrowser(t), address);
  await door(page).getByText('My camera', { exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'My camera' });
  await dialog.getByRole('button', { name: 'Use a phone instead' }).click();
  const invitation = page.getByRole('dialog', { name: 'Your phone as the camera' });
  const code = invitation.getByRole('img', { name: 'QR code of the link for the phone' });
  await code.waitFor();
  await invitation.getByText('Waiting for your phone…').waitFor();
  assert.equal(await invitation.getByRole('textbox').count(), 0, 'nobody types an address now');
  await invitation.getByText(/^https:\/\/127\.0\.0\.1:\d+\//).waitFor();
  assert.ok(
    await code.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0),
    'it is a picture that can be shown',
  );
  assert.equal(camera.state.source, 'webcam', 'the phone is waited for');
  assert.deepEqual(await findBarriers(page), []);
  await camera.receive(
    await encodeJpeg({ width: 64, height: 36, data: new Uint8Array(64 * 36 * 3) }),
    'phone',
  );
  await invitation.getByText(/Your phone is connected/).waitFor();
  await invitation.getByRole('button', { name: 'Done' }).click();
  await door(page).getByRole('radio', { name: 'Phone', checked: true }).waitFor();
  await door(page).getByRole('button', { name: 'Use this computer’s webcam instead' }).waitFor();
  assert.deepEqual(problems, []);
});

/** A port at which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
