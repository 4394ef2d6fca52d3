import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minute, second } from '../../../party/clock.ts';
import { listenTo } from '../../support/analyser.ts';
import { launchBrowser, noBrowser, openPage } from '../../support/browser.ts';
import { openDoorHouse } from '../../support/door-screen.ts';
import { eventually } from '../../support/eventually.ts';
import { greets, isHeard, openScreen, sound, waits } from '../../support/screen-page.ts';

const options = { skip: noBrowser };

test(
  'a guest is greeted by name and picture, and the song is heard for 40 seconds, with a fade',
  options,
  async (t) => {
    const { page, problems, arrive } = await openScreen(t);
    const analyser = await listenTo(page, /\/objects\//);
    assert.equal(await analyser.loudest(), 0, 'silence');
    await arrive('Anna');
    await isHeard(page, 'Anna');
    await eventually('its samples are seen', async () => (await analyser.loudest()) > 0.05);
    await page.locator('.portrait:not(.loading) img').waitFor();
    assert.equal((await sound(page)).volume, 1);
    await page.clock.runFor(38.5 * second);
    const { volume, paused } = await sound(page);
    assert.ok(volume > 0.1 && volume < 0.9, `it fades: ${volume}`);
    assert.equal(paused, false);
    await page.clock.runFor(2 * second);
    await waits(page);
    assert.equal((await sound(page)).paused, true);
    assert.deepEqual(problems, []);
  },
);

test(
  'of two who come together each has a song: one after the other, or at once by Skip',
  options,
  async (t) => {
    const { page, arrive } = await openScreen(t);
    await arrive('Anna', { ago: second });
    await arrive('Ben');
    await isHeard(page, 'Anna');
    await page.getByText('Next: Ben').waitFor();
    const { song } = await sound(page);
    await page.getByRole('button', { name: 'Skip' }).click();
    await isHeard(page, 'Ben');
    assert.notEqual((await sound(page)).song, song);
    await page.clock.runFor(41 * second);
    await waits(page);
  },
);

test(
  'a browser that wants a tap first is tapped once, and the guest’s song begins then',
  options,
  async (t) => {
    const house = await openDoorHouse(t);
    const browser = await launchBrowser(['--autoplay-policy=document-user-activation-required']);
    t.after(() => browser.close());
    const { token } = await house.links.create('Anna’s party');
    await house.startParty();
    const { page } = await openPage(browser, 'about:blank');
    // What Playwright asks a page counts as a touch of it; what is asked this way does not.
    const devTools = await page.context().newCDPSession(page);
    const untouched = async (expression: string): Promise<unknown> =>
      (await devTools.send('Runtime.evaluate', { expression, returnByValue: true })).result.value;
    await devTools.send('Page.navigate', { url: `${house.url}${token}/` });
    await eventually('a tap is asked for', async () =>
      Boolean(await untouched("document.querySelector('button.sound')?.isConnected")),
    );
    await house.arrive('Anna');
    await eventually(
      'Anna is greeted',
      async () => (await untouched("document.querySelector('h1').textContent")) === 'Anna',
    );
    assert.equal(await untouched("document.querySelector('audio').paused"), true);
    await page.getByRole('button', { name: 'Tap for sound' }).click();
    await isHeard(page, 'Anna');
    await page.getByRole('button', { name: 'Tap for sound' }).waitFor({ state: 'detached' });
  },
);

test('volume is kept, and a guest without a song is greeted without', options, async (t) => {
  const { page, arrive, link } = await openScreen(t);
  await page.getByLabel('Volume').fill('0.3');
  await page.goto(link);
  await arrive('Anna', { song: false });
  await greets(page, 'Anna');
  assert.equal(await page.locator('.song').count(), 0);
  await arrive('Ben');
  await page.getByText('Next: Ben').waitFor();
  await page.getByRole('button', { name: 'Skip' }).click();
  await isHeard(page, 'Ben');
  assert.equal((await sound(page)).volume, 0.3);
});

test('a link that is taken back ends the screen, and asks for nothing any more', options, async (t) => {
  const { page, links } = await openScreen(t);
  await links.takeBack();
  await page.context().setOffline(true);
  await page.context().setOffline(false);
  await page.getByRole('heading', { name: 'This link is over.' }).waitFor({ timeout: 40_000 });
  let asked = 0;
  page.on('request', () => asked++);
  await page.clock.runFor(minute);
  assert.equal(asked, 0);
});
