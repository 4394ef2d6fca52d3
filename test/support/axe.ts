import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const { resolve } = createRequire(import.meta.url);
let source: Promise<string> | undefined;

/**
 * What axe (deque.com/axe) finds to be in the way of people who see, hear or move less on a page, in the light and in the
 * dark, each as `rule: element`; none when all is well.
 */
export async function findBarriers(page: Page): Promise<string[]> {
  source ??= readFile(resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(await source);
  const found: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // In the dark nothing but the colours is different.
    const rules = colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {};
    const options = JSON.stringify({ resultTypes: ['violations'], ...rules });
    const violations = (await page.evaluate(
      `axe.run(${options}).then(({ violations }) => violations)`,
    )) as ReadonlyArray<{ readonly id: string; readonly nodes: ReadonlyArray<{ readonly html: string }> }>;
    for (const { id, nodes } of violations)
      for (const { html } of nodes) found.push(`${colorScheme}, ${id}: ${html}`);
  }
  return found;
}
