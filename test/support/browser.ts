import { access, constants } from 'node:fs/promises';
import { after, type TestContext } from 'node:test';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

/** Where Chromium usually is. Its build without windows comes first: the page's tests take it half the processor time. */
const usualPlaces = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const quietly = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** The browser's program: CHROMIUM, or where it usually is; undefined if there is none. */
export async function findChromium(): Promise<string | undefined> {
  const { CHROMIUM } = process.env;
  for (const path of CHROMIUM ? [CHROMIUM] : usualPlaces) {
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  return undefined;
}

/** Why tests with a browser are left out here; false if they are not. */
export const noBrowser = (await findChromium()) ? false : 'needs Chromium (set CHROMIUM to its program)';

/** A browser without a window that is closed after the test; `args` go to Chromium as they are. */
export async function openBrowser(t: TestContext, args: readonly string[] = []): Promise<Browser> {
  const browser = await launchBrowser(args);
  t.after(() => browser.close());
  return browser;
}

/**
 * One browser for all tests of a file, to be called at its top. It is started by the first test that needs it and
 * closed after the last; what a test opens in it shares nothing with the others and is closed after the test.
 */
export function sharedBrowser(): (t: TestContext) => Promise<Pick<Browser, 'newContext'>> {
  let launched: Promise<Browser> | undefined;
  after(async () => (await launched)?.close());
  return async (t) => {
    launched ??= launchBrowser();
    const browser = await launched;
    const contexts: BrowserContext[] = [];
    t.after(() => Promise.all(contexts.map((context) => context.close())));
    return {
      async newContext(options) {
        const context = await browser.newContext(options);
        contexts.push(context);
        return context;
      },
    };
  };
}

/** A browser without a window; `args` go to Chromium as they are. */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  const executablePath = await findChromium();
  if (!executablePath) throw new Error('There is no Chromium here. Set CHROMIUM to its program.');
  return await chromium.launch({ executablePath, args: [...quietly, ...args] });
}

/** For {@link openBrowser}: a film of JPEGs (mjpeg) is the webcam, over and over, and may be used without asking. */
export const webcamFrom = (film: string): string[] => [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
];

/** A page of its own, as a laptop shows it. What it logs as an error or fails to load ends up in `problems`. */
export async function openPage(
  browser: Pick<Browser, 'newContext'>,
  address: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(address);
  return { page, problems };
}
