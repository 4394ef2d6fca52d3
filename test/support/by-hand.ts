import type { Locator, Page } from 'playwright-core';

/** Where a message is written. */
export const messageBox = (page: Page): Locator => page.getByRole('textbox', { name: 'Message' });

/** What was said in the open chat. */
export const messages = (page: Page): Locator => page.getByRole('log', { name: 'Messages' });

/** The part of the page that shows the camera. */
export const door = (page: Page): Locator => page.getByRole('region', { name: 'At the door' });

/** Writes a message and sends it by Enter. */
export async function write(page: Page, text: string): Promise<void> {
  await messageBox(page).fill(text);
  await messageBox(page).press('Enter');
}

/** Puts files to the next message, by the button that a person presses. */
export async function attach(page: Page, files: readonly string[]): Promise<void> {
  await choose(page, page.getByRole('button', { name: 'Attach a file' }), files);
}

/** Chooses a camera by the word on its button. */
export async function chooseCamera(page: Page, name: string): Promise<void> {
  await door(page).getByText(name, { exact: true }).click();
}

/** Chooses a video file for the camera, by a button that asks for one. */
export async function chooseVideo(page: Page, button: string, file: string): Promise<void> {
  await choose(page, door(page).getByText(button, { exact: true }), [file]);
}

async function choose(page: Page, button: Locator, files: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await button.click();
  await (await chooser).setFiles([...files]);
}
