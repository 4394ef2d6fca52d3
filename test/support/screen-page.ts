import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { openPage, sharedBrowser } from './browser.ts';
import { type DoorHouse, openDoorHouse } from './door-screen.ts';
import { eventually } from './eventually.ts';

/** The screen, and the house that it is of. */
export interface Screen extends DoorHouse {
  readonly page: Page;
  readonly problems: string[];
  readonly link: string;
}

const openBrowser = sharedBrowser();

/** The screen in a browser whose time the test can pass, at a party that is on. */
export async function openScreen(t: TestContext): Promise<Screen> {
  const house = await openDoorHouse(t);
  const { token } = await house.links.create('Anna’s party');
  const link = `${house.url}${token}/`;
  const { page, problems } = await openPage(await openBrowser(t), 'about:blank');
  await page.clock.install();
  await page.goto(link);
  await page.getByRole('heading', { name: 'Anna’s party' }).waitFor();
  await house.startParty();
  await page.getByText('The party hasn’t started.').waitFor({ state: 'detached' });
  return { ...house, page, problems, link };
}

/** Waits until somebody is greeted. */
export const greets = (page: Page, name: string): Promise<void> =>
  page.getByRole('heading', { name, exact: true }).waitFor();

/** Waits until nobody is greeted. */
export const waits = (page: Page): Promise<void> => greets(page, 'Anna’s party');

/** What the page's audio element does. Chromium counts the bytes of sound that it has decoded. */
interface Sound {
  readonly paused: boolean;
  readonly time: number;
  readonly volume: number;
  readonly song: string;
  readonly decoded: number;
}

/** Looks at the page's audio element. */
export const sound = (page: Page): Promise<Sound> => page.evaluate(lookAtAudio);

const lookAtAudio = `(() => {
  const { paused, currentTime: time, volume, src: song, webkitAudioDecodedByteCount: decoded } =
    document.querySelector('audio');
  return { paused, time, volume, song, decoded };
})()`;

/** Waits until a song is heard: it plays, its time moves on, and its sound is decoded. */
export async function isHeard(page: Page, name: string): Promise<void> {
  await greets(page, name);
  await eventually(`${name}’s song is heard`, async () => {
    const { song, paused, time, decoded } = await sound(page);
    return song.startsWith('http') && !paused && time > 0.1 && decoded > 10_000;
  });
  await page.getByText(`Choir – Song of ${name}`).waitFor();
}
