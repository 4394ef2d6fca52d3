import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { presignedAddresses } from '../../party/stores/presigned.ts';
import { startPage } from '../local/page/page-server.ts';
import { sharedBrowser } from './browser.ts';
import { door } from './by-hand.ts';
import { type DoorHouse, openDoorHouse } from './door-screen.ts';

/** One browser for all tests. */
export const openBrowser = sharedBrowser();

/** The page of a house at whose party guests can be made to arrive. */
export async function openDoorPage(t: TestContext): Promise<{ house: DoorHouse; address: string }> {
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

/** Where the host says whether songs are played. */
export const aloud = (page: Page) => door(page).getByLabel('Play songs aloud');

/** Waits until the page says that it plays this. */
export const plays = (page: Page, what: string) => door(page).getByText(what).waitFor();
