import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noBrowser, openPage } from '../../support/browser.ts';
import { door } from '../../support/by-hand.ts';
import { aloud, openBrowser, openDoorPage, plays } from '../../support/songs-page.ts';

const options = { skip: noBrowser };

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
