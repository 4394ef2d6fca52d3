import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { readDockerignore } from '../../support/image/dockerignore.ts';

const isSent = readDockerignore(await readFile(new URL('../../../.dockerignore', import.meta.url), 'utf8'));

for (const [file, expected] of [
  ['package.json', true],
  ['party/clock.ts', true],
  ['producer/image/bundle.mjs', true],
  ['vision/graphs/detector.ts', true],
  ['README.md', false],
  ['bot/bot.ts', false],
  ['.env', false],
  ['.env.example', false],
  ['producer.env', false],
  ['producer.env.example', false],
  ['node_modules/zod/package.json', false],
  ['producer/.env', false],
  ['producer/.env.local', false],
  ['party/producer.env', false],
  ['vision/graphs/.env', false],
  ['producer/node_modules', false],
  ['producer/node_modules/planted/index.js', false],
  ['producer/environment.ts', true],
] as const) {
  test(`${file} is ${expected ? '' : 'not '}sent to the image's build`, () => {
    assert.equal(isSent(file), expected);
  });
}

test('a file that is written in another way is not taken for understood', () => {
  for (const text of ['node_modules', '*\n!a/b', '*\n!party\nparty/x', '*\n!party\n**/[ab]']) {
    assert.throws(() => readDockerignore(text), text);
  }
});
