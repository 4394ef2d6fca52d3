import { watch } from 'node:fs';
import path from 'node:path';
import { runAll } from './run-all.ts';
import { examine, type TestFile, testPaths } from './test-files.ts';

/**
 * `npm run test:watch [words…]`: runs the unit tests, and whenever files are saved those again that load one of them.
 * What no test loads by an import (a text file, a picture) concerns all.
 *
 * @returns never, but for a signal
 */
export async function watchUnitTests(root: string, words: readonly string[]): Promise<never> {
  const saved = new Set<string>();
  let wake = (): void => {};
  watch(root, { recursive: true }, (_, file) => {
    if (file === null || ignored(file)) return;
    saved.add(file.replaceAll('\\', '/'));
    wake();
  });
  for (let first = true; ; first = false) {
    const unit = await unitTests(root, words);
    const concerned = first ? unit : unit.filter((file) => concerns(file, [...saved]));
    saved.clear();
    if (concerned.length > 0) await runAll(concerned, { root, jobs: 1, rows: 5, limit: 5 * 60_000 });
    console.log('\nWaiting for a change. Stop with Ctrl+C.');
    while (saved.size === 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    await settled(saved);
  }
}

async function unitTests(root: string, words: readonly string[]): Promise<TestFile[]> {
  const paths = testPaths(root).filter(
    (file) => words.length === 0 || words.some((word) => file.includes(word)),
  );
  return (await examine(root, paths)).filter(({ alone }) => alone === undefined);
}

const concerns = ({ loads }: TestFile, saved: readonly string[]): boolean =>
  saved.some((file) => loads.has(file) || !/\.tsx?$/.test(file));

/** What a run writes itself, and what editors write beside a file. */
const ignored = (file: string): boolean =>
  /^(node_modules|\.git|\.joy|bench)([\\/]|$)/.test(file) ||
  !/\.(tsx?|json|txt|html|css)$/.test(path.basename(file));

/** An editor that saves many files, or one in steps, is waited for: until nothing was saved for a tenth of a second. */
async function settled(saved: ReadonlySet<string>): Promise<void> {
  for (let before = -1; before !== saved.size; ) {
    before = saved.size;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
