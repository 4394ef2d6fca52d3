import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

interface Locked {
  readonly dev?: boolean;
  readonly license?: string;
}

const read = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), 'utf8');

/** The packages of production by name, with the licence that each states. */
function installed(): Map<string, string> {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  const production = Object.entries(packages).filter(([place, { dev }]) => place !== '' && !dev);
  return new Map(
    production.map(([place, { license = 'none stated' }]) => [place.split('node_modules/').at(-1)!, license]),
  );
}

/** The rows of the list of every package: a licence, and names in which a star stands for any ending. */
function listed(): Array<{ readonly licence: string; readonly name: string; readonly pattern: RegExp }> {
  const [, section = ''] = read('THIRD-PARTY-NOTICES.md').split('## Every package');
  const rows = [...section.matchAll(/^\| ([^|]+) \| (`.*`) \|$/gm)];
  return rows.flatMap(([, licence = '', names = '']) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => ({
      licence,
      name,
      pattern: new RegExp(`^${name.replace(/[.+]/g, '\\$&').replace('*', '[^/]+')}$`),
    })),
  );
}

test('the notices name each package of production with the licence that it states, and no other', () => {
  const rows = listed();
  const packages = [...installed()];
  const unnamed = packages
    .filter(
      ([name, licence]) => !rows.some((row) => row.pattern.test(name) && row.licence.startsWith(licence)),
    )
    .map(([name, licence]) => `${name}: ${licence}`);
  assert.deepEqual(unnamed, [], 'to be added to THIRD-PARTY-NOTICES.md, and their terms read before');
  const gone = rows
    .filter(
      ({ pattern, licence }) =>
        !packages.some(([name, its]) => pattern.test(name) && licence.startsWith(its)),
    )
    .map(({ name }) => name);
  assert.deepEqual(gone, [], 'no longer installed: to be removed from THIRD-PARTY-NOTICES.md');
});

test('no package of production is under terms that the notices do not speak of', () => {
  const kinds = new Set([...installed().values()]);
  const permissive =
    /^(MIT|MIT-0|Apache-2\.0|ISC|BSD-[23]-Clause|BlueOak-1\.0\.0|0BSD|Unlicense|\(MIT OR CC0-1\.0\))$/;
  const others = [...kinds].filter((kind) => !permissive.test(kind)).sort();
  assert.deepEqual(others, [
    'Apache-2.0 AND LGPL-3.0-or-later',
    'Apache-2.0 AND LGPL-3.0-or-later AND MIT',
    'LGPL-3.0-or-later',
    'MPL-2.0',
    'SEE LICENSE IN README.md AND LICENSE',
    'none stated',
  ]);
});
