import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBarriers } from './support/axe.ts';
import { noBrowser, openBrowser, openPage } from './support/browser.ts';
import { door, messages, write } from './support/by-hand.ts';
import { openHouse } from './support/house.ts';

test('who owns nothing presses Show me, sees and hears an arrival, and clears it; and Cole helps by a real link', {
  skip: noBrowser,
  timeout: 240_000,
}, async (t) => {
  const house = await openHouse(t);
  const { page, problems } = await openPage(await openBrowser(t), house.pageUrl);
  // One part of the evening may take long on a busy machine.
  page.setDefaultTimeout(90_000);
  await page.getByText('You’re Holly, the host. Try being Gina, a guest.').waitFor();
  await page.getByRole('button', { name: /^Show me/ }).click();
  const card = page.getByRole('complementary', { name: 'Rehearsal' });
  await card.waitFor();

  await door(page).locator('.face.known', { hasText: 'Anna (sample)' }).waitFor();
  await messages(page).getByText('Anna (sample) is here!').first().waitFor();
  await page.waitForFunction(() => {
    const { document } = globalThis as unknown as {
      document: { querySelectorAll(of: string): Iterable<{ paused: boolean; currentTime: number }> };
    };
    return [...document.querySelectorAll('audio')].some(
      ({ paused, currentTime }) => !paused && currentTime > 0.3,
    );
  });
  await card.getByText('somebody I don’t know').waitFor();
  await door(page).locator('.face.unknown', { hasText: 'Unknown' }).waitFor();
  assert.deepEqual(await findBarriers(page), [], 'with a stranger at the door');
  await card.getByRole('button', { name: 'Clear it', exact: true }).waitFor();
  await card.getByText(/^That was a rehearsal: Anna was announced \d+\.\d s after/).waitFor();
  await messages(page).getByText('Start', { exact: true }).waitFor();
  assert.deepEqual(await findBarriers(page), [], 'at its end');

  await card.getByRole('button', { name: 'Clear it', exact: true }).click();
  await card.waitFor({ state: 'detached' });
  assert.equal(await messages(page).getByText('Anna (sample)').count(), 0);
  assert.deepEqual(await house.services.guests.list(), []);
  await page.getByRole('button', { name: /^Show me/ }).waitFor();

  await write(page, '/cohost');
  await messages(page)
    .getByRole('button', { name: /\?start=/ })
    .waitFor();
  await page.getByRole('radio', { name: /Cole/ }).check({ force: true });
  await page.getByRole('button', { name: 'Open Holly’s co-host link' }).click();
  await messages(page).getByText('Welcome! You’re a co-host now.').waitFor();
  assert.equal((await house.services.hosts.list()).length, 2);
  assert.deepEqual(problems, []);
});
