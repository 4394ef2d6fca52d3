import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { noBrowser, openBrowser, openPage, webcamFrom } from './support/browser.ts';
import { door, messages } from './support/by-hand.ts';
import { isArrival, nextArrival, openHouse } from './support/house.ts';
import { portrait } from './support/portraits.ts';

test('whoever is at the page becomes a guest by its webcam, and arrives before it', {
  skip: noBrowser,
  timeout: 180_000,
}, async (t) => {
  const house = await openHouse(t);
  const host = await house.person('host');

  // Chromium shows a film of JPEGs one after another as the webcam, over and over.
  const film = path.join(house.folder, 'webcam.mjpeg');
  const still = await sharp(await portrait('anna'))
    .resize(400, 540, { fit: 'cover' })
    .extend({ top: 90, bottom: 90, left: 440, right: 440, background: '#8a7a66' })
    .jpeg()
    .toBuffer();
  await writeFile(film, Buffer.concat([still, still, still]));
  const browser = await openBrowser(t, webcamFrom(film));
  const { page, problems } = await openPage(browser, house.pageUrl, { permissions: ['camera'] });

  await page.getByRole('button', { name: /^Me, with this webcam/ }).click();
  const dialog = page.getByRole('dialog', { name: 'A photo of you' });
  await dialog.getByRole('textbox', { name: 'Your name' }).fill('Anna');
  await dialog.getByRole('button', { name: 'Take the photo' }).click();
  await messages(page).getByText('Got it, I’ll know Anna.').waitFor();

  await page.getByRole('complementary', { name: 'Come in' }).getByText('Start the party').last().click();
  const { text, caption } = await nextArrival(host);
  assert.match(caption ?? text ?? '', /^Anna is here/);
  await messages(page).getByText('Anna is here').first().waitFor();
  await door(page).locator('.face.known', { hasText: 'Anna' }).waitFor();

  // With no party on, faces have their names all the same, and nobody is announced.
  await host.say(host.bot, '/end_party');
  await door(page).getByText('No party is on: I announce nobody.').waitFor();
  await door(page).locator('.face.known', { hasText: 'Anna' }).waitFor();
  assert.equal((await host.messages()).filter(isArrival).length, 1);
  assert.deepEqual(problems, []);
});
