import type { Page } from 'playwright-core';
import sharp from 'sharp';

/** A picture of the page, and how long it stood until the next, in milliseconds. */
interface Moment {
  readonly picture: Buffer;
  readonly shownFor: number;
}

/** The last picture stands so long before all begins anew, in milliseconds. */
const lastShownFor = 4_000;
/** Quicker than that nothing on the page changes that one would miss, in milliseconds. */
const interval = 150;

/**
 * Takes pictures of a page, one after the other, from now until it is told to end; what stays the same is one. `end`
 * gives those since a moment, by `performance.now()`.
 */
export function recordPage(page: Page): { end(since: number): Promise<Moment[]> } {
  let goesOn = true;
  const recording = (async () => {
    const taken: Array<{ picture: Buffer; at: number }> = [];
    while (goesOn) {
      const at = performance.now();
      const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
      if (!taken.at(-1)?.picture.equals(picture)) taken.push({ picture, at });
      await page.waitForTimeout(Math.max(0, interval - (performance.now() - at)));
    }
    return taken;
  })();
  return {
    async end(since) {
      goesOn = false;
      const taken = (await recording).filter(({ at }) => at >= since);
      return taken.map(({ picture, at }, i): Moment => {
        const next = taken[i + 1]?.at;
        return { picture, shownFor: next === undefined ? lastShownFor : Math.round(next - at) };
      });
    },
  };
}

/** Joins pictures to one that moves, a WebP, in the time that it took. @returns its size in bytes */
export async function writeMoving(moments: readonly Moment[], file: string): Promise<number> {
  const pictures = moments.map(({ picture }) => picture);
  const { size } = await sharp(pictures, { join: { animated: true } })
    .webp({ quality: 72, effort: 6, loop: 0, delay: moments.map(({ shownFor }) => shownFor) })
    .toFile(file);
  return size;
}
