import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { second } from '../../../party/clock.ts';
import { sightingRules } from '../../../party/recognition/rules.ts';

const words = ['none', 'one', 'two', 'three', 'four', 'five', 'six'];
const inWords = (milliseconds: number): string => words[milliseconds / second]!;
const { video, images } = sightingRules;

/** What is said of the time within which frames have to agree: how often each page says it. */
const pages = { 'README.md': 1, 'CONTRIBUTING.md': 1, 'docs/recognition.md': 2 } as const;

for (const [page, times] of Object.entries(pages)) {
  test(`${page} says within which time two sightings make an arrival, by each recognition`, async () => {
    const text = (await readFile(new URL(`../../../${page}`, import.meta.url), 'utf8')).replaceAll('\n', ' ');
    const said = [
      ...text.matchAll(/\b[Tt]wo (?:frames |looks )?within (\w+) seconds(?: \((\w+) with `images`)?/g),
    ];
    assert.equal(said.length, times);
    for (const [sentence, byVideo, byImages] of said)
      assert.deepEqual([byVideo, byImages], [inWords(video.window), inWords(images.window)], sentence);
  });
}
