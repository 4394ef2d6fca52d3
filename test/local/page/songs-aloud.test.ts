import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { second } from '../../../party/clock.ts';
import { presignedAddresses } from '../../../party/stores/presigned.ts';
import { listenTo } from '../../support/analyser.ts';
import { noBrowser, openPage, sharedBrowser } from '../../support/browser.ts';
import { door } from '../../support/by-hand.ts';
import { type DoorHouse, openDoorHouse } from '../../support/door-screen.ts';
import { eventually } from '../../support/eventually.ts';
import { startPage } from './page-server.ts';

const options = { skip: noBrowser };
const openBrowser = sharedBrowser();

/** The page of a house at whose party guests can be made to arrive. */
async function openDoorPage(t: TestContext): Promise<{ house: DoorHouse; address: string }> {
  const ending = new AbortController();
  t.after(() => ending.abort());
  const house = await openDoorHouse(t);
  const { services } = house;
  const { BUCKET_NAME } = services.config;
  const addresses = presignedAddresses(BUCKET_NAME, process.env.S3_PUBLIC_ROOT);
  const page = await startPage(
    t,
    { mode: 'local' },
    { songsAloud: { services: { ...services, addresses }, ending: ending.signal } },
  );
  await house.startParty();
  return { house, address: page.address };
}

const aloud = (page: Page) => door(page).getByLabel('Play songs aloud');
const plays = (page: Page, what: string) => door(page).getByText(what).waitFor();

test(
  'songs are played at the page when that is wanted, one after the other, and really sound',
  options,
  async (t) => {
    const { house, address } = await openDoorPage(t);
    const { page, problems } = await openPage(await openBrowser(t), address);
    await house.arrive('Nobody asked');
    await aloud(page).check();
    const analyser = await listenTo(page, /\/objects\//);
    await plays(page, '♪ Nobody asked: Song of Nobody asked');
    await door(page).getByRole('button', { name: 'Skip' }).click();
    // The last of what was heard lies in the analyser for a moment.
    await eventually('it is silent', async () => (await analyser.loudest()) === 0);

    await house.arrive('Anna', { ago: second });
    await house.arrive('Ben');
    await plays(page, '♪ Anna: Song of Anna');
    await plays(page, 'Next: Ben');
    await eventually('the song sounds', async () => (await analyser.loudest()) > 0.05);
    await door(page).getByRole('button', { name: 'Skip' }).click();
    await plays(page, '♪ Ben: Song of Ben');
    await eventually('the next one sounds', async () => (await analyser.loudest()) > 0.05);

    await aloud(page).uncheck();
    await eventually('it is silent', async () => (await analyser.loudest()) === 0);
    assert.equal(await door(page).getByText('♪').count(), 0);
    assert.deepEqual(problems, []);
  },
);

test('the wish is remembered, nobody is greeted twice, and of two tabs one plays', options, async (t) => {
  const { house, address } = await openDoorPage(t);
  const { page } = await openPage(await openBrowser(t), address);
  await aloud(page).check();
  await house.arrive('Anna');
  await plays(page, '♪ Anna: Song of Anna');
  await page.reload();
  await house.arrive('Ben');
  await plays(page, '♪ Ben: Song of Ben');
  const second_ = await page.context().newPage();
  await second_.goto(address);
  assert.equal(await aloud(second_).isChecked(), true);
  await house.arrive('Carla');
  await plays(page, 'Next: Carla');
  assert.equal(await door(second_).getByText('Carla').count(), 0);
  await page.close();
  await plays(second_, '♪ Carla: Song of Carla');
});
