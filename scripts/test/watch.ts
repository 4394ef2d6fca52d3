import { readdirSync, watch } from 'node:fs';
import path from 'node:path';
import { runAll } from './run-all.ts';
import { buildTests, type TestBuild } from './test-build.ts';
import { chosenOf, examine, type TestFile, testPaths } from './test-files.ts';

/**
 * `npm run test:watch [words…]`: runs the unit tests, and whenever files are saved those again that load one of them.
 * What no test loads by an import (a text file, a picture) concerns all.
 *
 * @returns never, but for a signal
 */
export async function watchUnitTests(root: string, words: readonly string[]): Promise<never> {
  const saved = new Set<string>();
  let wake = (): void => {};
  // Room by room: to watch the packages too would take thousands of handles.
  for (const room of rooms(root)) {
    watch(path.join(root, room), { recursive: true }, (_, file) => {
      if (file === null || !isRead(file)) return;
      saved.add(`${room}/${file.replaceAll('\\', '/')}`);
      wake();
    });
  }
  let build: TestBuild | undefined;
  process.once('exit', () => build?.remove());
  for (let first = true; ; first = false) {
    const paths = chosenOf(testPaths(root), words, false);
    build = await buildTests(root, paths);
    const unit = examine(root, paths, build?.inputs).filter(({ notUnit }) => notUnit === undefined);
    const concerned = first ? unit : unit.filter((file) => concerns(file, [...saved]));
    saved.clear();
    if (concerned.length > 0) await runAll(concerned, { root, build, jobs: 1, rows: 5, limit: 5 * 60_000 });
    build?.remove();
    console.log('\nWaiting for a change. Stop with Ctrl+C.');
    while (saved.size === 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    await settled(saved);
  }
}

const concerns = ({ loads }: TestFile, saved: readonly string[]): boolean =>
  saved.some((file) => loads.has(file) || !/\.tsx?$/.test(file));

/** The folders of the project, without packages and what is hidden. */
const rooms = (root: string): string[] =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(({ name }) => name);

/** Whether a test may read it; not what editors and benches write beside. */
const isRead = (file: string): boolean =>
  /\.(tsx?|mjs|json|txt|html|css|xml|png|jpe?g)$/.test(file) && !file.startsWith('results');

/** An editor that saves many files, or one in steps, is waited for: until nothing was saved for a tenth of a second. */
async function settled(saved: ReadonlySet<string>): Promise<void> {
  for (let before = -1; before !== saved.size; ) {
    before = saved.size;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
