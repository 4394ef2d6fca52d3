import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { noBrowser, openBrowser, openPage, webcamFrom } from './support/browser.ts';
import { chooseCamera, door, messages } from './support/by-hand.ts';
import { claim, invite, nextArrival, openHouse, startParty } from './support/house.ts';
import { sampleFile } from './support/pictures.ts';
import { portrait } from './support/portraits.ts';

test('a guest who steps before the webcam arrives', { skip: noBrowser, timeout: 180_000 }, async (t) => {
  const house = await openHouse(t);
  const host = await house.person('host');
  await claim(house, host);
  // Known by the photo that the webcam shows: how alike two photos are is another matter.
  await invite(host, 'Anna', await portrait('annaAgain'));
  await startParty(host);

  // Chromium shows a film of JPEGs one after another as the webcam, over and over.
  const film = path.join(house.folder, 'webcam.mjpeg');
  const still = await sharp(sampleFile(3)).resize(1280, 720, { fit: 'contain' }).jpeg().toBuffer();
  await writeFile(film, Buffer.concat([still, still, still]));
  const browser = await openBrowser(t, webcamFrom(film));
  const { page, problems } = await openPage(browser, house.pageUrl, { permissions: ['camera'] });
  await chooseCamera(page, 'Webcam');

  const { text, caption } = await nextArrival(host);
  assert.match(caption ?? text ?? '', /^Anna is here/);
  await messages(page).getByText('Anna is here').first().waitFor();
  await door(page).locator('.face.known', { hasText: 'Anna' }).waitFor();
  assert.deepEqual(problems, []);
});
