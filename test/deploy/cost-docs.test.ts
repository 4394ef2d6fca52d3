import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { costFigures } from '../../deploy/costs.text.ts';

/** What each page says of costs; other amounts are limits, and examples. */
const pages: Readonly<Record<string, readonly (keyof typeof costFigures)[]>> = {
  'README.md': ['imagesParty', 'videoParty', 'shardDay', 'secretMonth'],
  'docs/aws.md': Object.keys(costFigures).filter((name) => name !== 'shardMonth') as Array<
    keyof typeof costFigures
  >,
};

const others = new Set(['$20', '$20.', '$0.001', '$1']);

for (const [page, names] of Object.entries(pages)) {
  test(`${page} says of costs what the table of prices comes to`, async () => {
    const text = await readFile(new URL(`../../${page}`, import.meta.url), 'utf8');
    for (const name of names) assert.ok(text.includes(costFigures[name]), `${name}: ${costFigures[name]}`);
    const known = new Set(Object.values(costFigures).flatMap((figure) => figure.split(' to ')));
    const amounts = text.match(/\$\d+(?:\.\d+)?/g) ?? [];
    for (const amount of amounts)
      assert.ok(known.has(amount) || others.has(amount), `${amount} is in no table`);
  });
}
