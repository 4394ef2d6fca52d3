import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chosenOf, isForLongRun, testPaths } from '../../scripts/test/test-files.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('a file for the long run', () => {
  const paths = ['test/road.test.ts', 'test/bot/evening.long.test.ts', 'test/bot/evening.test.ts'];

  test('is left out of npm test, and in test:long', () => {
    assert.deepEqual(chosenOf(paths, [], false), ['test/road.test.ts', 'test/bot/evening.test.ts']);
    assert.deepEqual(chosenOf(paths, [], true), paths);
  });

  test('is run by whoever names it, or its folder', () => {
    assert.deepEqual(chosenOf(paths, ['bot/'], false), paths.slice(1));
    assert.deepEqual(chosenOf(paths, ['evening.long', 'road'], false), paths.slice(0, 2));
    assert.deepEqual(chosenOf(paths, ['nothing'], true), []);
  });

  test('stands in CONTRIBUTING.md, with what npm test has of it', () => {
    const text = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');
    const named = [...text.matchAll(/^ {2}\| `([\w/-]+)` \|/gm)].map(
      ([, name]) => `test/${name}.long.test.ts`,
    );
    assert.deepEqual(named.sort(), testPaths(root).filter(isForLongRun));
  });
});
