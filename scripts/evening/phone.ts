import path from 'node:path';
import { findChromium, launchBrowser, openPage } from '../../test/support/browser.ts';
import { messages } from '../../test/support/by-hand.ts';

/** The host's phone. */
export interface Phone {
  /** Opens a chat by its title. */
  open(chat: string): Promise<void>;
  /** Takes a picture of the end of the open chat. */
  take(name: string): Promise<void>;
  close(): Promise<void>;
}

/** As wide as most phones are, CSS pixels. */
const viewport = { width: 390, height: 844 };

/** Opens the page as a phone shows it; without Chromium nothing is taken. */
export async function openPhone(address: string, folder: string): Promise<Phone> {
  if (!(await findChromium())) return { open: async () => {}, take: async () => {}, close: async () => {} };
  const browser = await launchBrowser();
  const { page } = await openPage(browser, address, { viewport, deviceScaleFactor: 2, isMobile: true });
  return {
    async open(chat) {
      await page
        .getByRole('navigation', { name: 'Chats' })
        .getByRole('button', { name: new RegExp(`^${chat}`) })
        .click();
    },
    async take(name) {
      const all = messages(page);
      await all.locator('article').last().scrollIntoViewIfNeeded();
      // Pictures in the chat are there, not only their frames.
      await all.evaluate(
        async (log: { querySelectorAll(what: string): Iterable<{ decode(): Promise<void> }> }) => {
          for (const image of log.querySelectorAll('img')) await image.decode().catch(() => {});
        },
      );
      await page.screenshot({ path: path.join(folder, `${name}.png`) });
    },
    close: () => browser.close(),
  };
}
