import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { noBrowser, openBrowser, openPage } from './support/browser.ts';
import { attach, chooseVideo, door, messages, write } from './support/by-hand.ts';
import { carolMusic } from './support/carols.ts';
import { makeClip } from './support/clip.ts';
import { openHouse } from './support/house.ts';
import { keptFolder } from './support/kept.ts';
import { doorPicture, samplePicture } from './support/pictures.ts';
import { portrait } from './support/portraits.ts';
import { swaying } from './support/swaying.ts';

test('the whole road by clicks and keys alone', { skip: noBrowser, timeout: 180_000 }, async (t) => {
  const house = await openHouse(t);
  const photo = path.join(house.folder, 'anna.jpg');
  await writeFile(photo, await portrait('anna'));
  const song = path.join(house.folder, 'winter-night.mp3');
  await writeFile(song, await carolMusic());
  const clip = path.join(house.folder, 'front-door.mp4');
  await makeClip(
    [{ picture: await samplePicture(6), seconds: 2 }, ...(await swaying(await doorPicture(), 6))],
    clip,
    { framesPerSecond: 10 },
  );
  const { page, problems } = await openPage(await openBrowser(t), house.pageUrl);
  const look = await album(page);
  t.diagnostic(`Screenshots: ${look.folder}`);
  const says = (what: string | RegExp): Locator => messages(page).getByText(what).last();

  await page.getByRole('heading', { name: 'Every guest arrives to a song' }).waitFor();
  await look.at('1-before');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await says('Send me a photo of a guest').waitFor();
  await look.at('2-started');

  await attach(page, [photo]);
  await look.at('3-photo-attached');
  await write(page, 'Anna');
  await says('Got it, I’ll know Anna.').waitFor();
  await look.at('4-guest');

  await attach(page, [song]);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await says('Whose song is it?').waitFor();
  await look.at('5-whose-song');
  await messages(page).getByRole('button', { name: 'Anna', exact: true }).click();
  await says('will play when Anna arrives.').waitFor();

  await write(page, '/start_party');
  await says('The party’s on until').waitFor();
  await look.at('6-party');

  await chooseVideo(page, 'Video file', clip);
  await door(page).getByRole('checkbox', { name: 'Loop' }).check();
  const arrival = messages(page)
    .getByRole('article', { name: /Musical Joy/ })
    .filter({ has: page.getByRole('group', { name: /^Song: / }), hasText: /is here/ });
  await arrival.getByText('Anna is here').waitFor();
  await arrival.getByRole('button', { name: /^Play / }).click();
  const heard = await page.waitForFunction(() => {
    const { document } = globalThis as unknown as {
      document: { querySelectorAll(of: string): Iterable<Heard> };
    };
    return [...document.querySelectorAll('audio')].find(
      ({ paused, currentTime }) => !paused && currentTime > 0.5,
    );
  });
  assert.ok(await heard.evaluate((audio) => (audio as unknown as Heard).currentTime > 0.5));
  await arrival.getByRole('button', { name: /^Pause / }).waitFor();

  const snapshot = messages(page)
    .getByRole('article')
    .filter({ has: page.getByRole('img', { name: 'Photo' }) })
    .filter({ has: page.getByRole('blockquote') });
  await snapshot.getByText('Anna is here').waitFor();
  await snapshot.getByRole('img').evaluate((img: { decode(): Promise<void> }) => img.decode());

  await door(page)
    .locator('.face.known', { hasText: /^Anna$/ })
    .waitFor();
  await look.at('7-arrived');
  await page.setViewportSize(phone);
  await page.getByRole('button', { name: 'At the door', exact: true }).click();
  await door(page).locator('.face.known').waitFor();
  await look.now('7-arrived-phone-door');
  await page.getByRole('button', { name: 'Chat', exact: true }).click();
  await page.setViewportSize(laptop);

  await write(page, '/end_party');
  await says('Your guest came').waitFor();
  await door(page).getByText('No party is on').waitFor();
  await look.at('8-over');
  assert.equal(await arrival.count(), 1, 'one arrival a party');
  assert.deepEqual(problems, []);
});

interface Heard {
  readonly paused: boolean;
  readonly currentTime: number;
}

const laptop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

/** Keeps pictures of the page to be looked at, each as a laptop and as a phone shows it. */
async function album(page: Page) {
  const folder = keptFolder('screenshots');
  await mkdir(folder, { recursive: true });
  const now = (name: string) => page.screenshot({ path: path.join(folder, `${name}.png`) });
  return {
    folder,
    now,
    async at(name: string) {
      await now(`${name}-laptop`);
      await page.setViewportSize(phone);
      await now(`${name}-phone`);
      await page.setViewportSize(laptop);
    },
  };
}
