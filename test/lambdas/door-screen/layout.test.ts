import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noBrowser, openPage, sharedBrowser } from '../../support/browser.ts';
import { openDoorHouse } from '../../support/door-screen.ts';

const openBrowser = sharedBrowser();

const names = [
  'Anna',
  'Wolfeschlegelsteinhausenbergerdorff-Mayr',
  'Maximiliane Alexandra Konstantina von Th',
  'Zoë 🎄🎉👩‍👩‍👧',
  'محمد عبد الرحمن',
];
const sizes = [
  [1280, 800],
  [800, 1280],
  [390, 844],
] as const;

test('any name is larger than its song and all on the screen, on a tablet either way up and on a phone', {
  skip: noBrowser,
}, async (t) => {
  const house = await openDoorHouse(t);
  await house.startParty();
  const { token } = await house.links.create('Anna’s party');
  for (const [index, name] of names.entries()) await house.arrive(name, { ago: (names.length - index) * 10 });
  const { page } = await openPage(await openBrowser(t), `${house.url}${token}/`);
  for (const name of names) {
    const heading = page.getByRole('heading', { name, exact: true });
    await heading.waitFor();
    await page.locator('.portrait:not(.loading) img').waitFor();
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      const laidOut = await page.evaluate<LaidOut>(lookAtLayout);
      const at = `${name} at ${width} x ${height}: ${JSON.stringify(laidOut)}`;
      assert.ok(laidOut.nameSize > laidOut.songSize, at);
      assert.ok(laidOut.left >= 0 && laidOut.right <= width && laidOut.top >= 0, at);
      assert.ok(laidOut.bottom <= laidOut.footer, at);
      assert.ok(laidOut.contentWidth <= width && laidOut.contentHeight <= height, at);
    }
    await page.getByRole('button', { name: 'Skip' }).click();
  }
});

interface LaidOut {
  readonly nameSize: number;
  readonly songSize: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly footer: number;
  readonly contentWidth: number;
  readonly contentHeight: number;
}

const lookAtLayout = `(() => {
  const size = (selector) => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize);
  const { left, right, top } = document.querySelector('.welcome').getBoundingClientRect();
  const { bottom } = document.querySelector('.song').getBoundingClientRect();
  const { scrollWidth, scrollHeight } = document.documentElement;
  return {
    nameSize: size('h1'), songSize: size('.song'), left, right, top, bottom,
    footer: document.querySelector('footer').getBoundingClientRect().top,
    contentWidth: scrollWidth, contentHeight: scrollHeight,
  };
})()`;
