import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minute, second } from '../../../party/clock.ts';
import { noBrowser } from '../../support/browser.ts';
import { isHeard, openScreen, sound, waits } from '../../support/screen-page.ts';

const options = { skip: noBrowser };

test(
  'whoever came over two minutes ago is greeted no more, as by a tablet that slept meanwhile',
  options,
  async (t) => {
    const { page, arrive } = await openScreen(t);
    await arrive('Anna', { ago: second });
    await arrive('Ben');
    await isHeard(page, 'Anna');
    await page.getByText('Next: Ben').waitFor();
    // The tablet sleeps with Ben in the queue.
    await page.clock.fastForward(3 * minute);
    await waits(page);
    assert.equal((await sound(page)).paused, true);

    await arrive('Late', { ago: 2 * minute + second });
    await arrive('Carla');
    await isHeard(page, 'Carla');
  },
);

test('a page that is loaded anew greets nobody again', options, async (t) => {
  const { page, arrive, link } = await openScreen(t);
  await arrive('Anna');
  await isHeard(page, 'Anna');
  await page.goto(link);
  await waits(page);
  await arrive('Ben');
  await isHeard(page, 'Ben');
  assert.equal(await page.getByText('Next:').count(), 0);
});

test(
  'a restart and a network that is cut are told, and who came meanwhile is greeted afterwards',
  options,
  async (t) => {
    const { page, arrive, start, stop } = await openScreen(t);
    await stop();
    await page.getByText('No connection. Trying again…').waitFor();
    await arrive('Anna');
    await start();
    await isHeard(page, 'Anna');
    await page.getByText('No connection. Trying again…').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Skip' }).click();

    await page.context().setOffline(true);
    await page.getByText('No connection. Trying again…').waitFor();
    await arrive('Ben');
    await page.context().setOffline(false);
    await isHeard(page, 'Ben');
  },
);
