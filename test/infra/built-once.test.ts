import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { builtOnce } from '../../infra/functions/built-once.ts';
import { edition } from '../../infra/functions/edition.ts';
import { emptyFolder } from '../support/folder.ts';

const write = (text: string) => (folder: string) => writeFileSync(path.join(folder, 'index.mjs'), text);
const contents = (folder: string) => readFileSync(path.join(folder, 'index.mjs'), 'utf8');

test('what was built is not built again, and another of its name beside it is', async () => {
  const cache = path.join(await emptyFolder(), 'made', 'on the way');
  const first = builtOnce(cache, 'match-1', write('one'));
  assert.equal(
    builtOnce(cache, 'match-1', () => assert.fail('built again')),
    first,
  );
  const second = builtOnce(cache, 'match-2', write('two'));
  assert.deepEqual([contents(first), contents(second)], ['one', 'two']);
});

test('a build that fails leaves nothing, and the next one succeeds', async () => {
  const cache = await emptyFolder();
  const broken = (folder: string) => {
    write('half')(folder);
    throw new Error('no esbuild here');
  };
  assert.throws(() => builtOnce(cache, 'match-1', broken), /no esbuild here/);
  assert.deepEqual(readdirSync(cache), []);
  assert.equal(contents(builtOnce(cache, 'match-1', write('whole'))), 'whole');
});

test('of two that build the same at once, the slower takes what the faster has built', async () => {
  const cache = await emptyFolder();
  const built = builtOnce(cache, 'match-1', (folder) => {
    write('slower')(folder);
    const faster = path.join(cache, 'match-1');
    mkdirSync(faster);
    write('faster')(faster);
  });
  assert.equal(contents(built), 'faster');
  assert.deepEqual(readdirSync(cache), ['match-1']);
});

test('what was built more than a week ago goes when something new is built', async () => {
  const cache = await emptyFolder();
  const old = builtOnce(cache, 'match-1', write('old'));
  const long = new Date(Date.now() - 8 * 24 * 3_600_000);
  utimesSync(old, long, long);
  builtOnce(cache, 'match-2', write('new'));
  assert.deepEqual(readdirSync(cache), ['match-2']);
});

test('the Lambdas are built anew when any of their sources or packages is another, and for nothing else', async () => {
  const files = {
    'package-lock.json': '{}',
    'tsconfig.json': '{}',
    'bot/wording/hello.text.ts': 'hello',
    'carols/score.ts': 'c4 d e',
    'infra/functions/bundling.ts': 'minify',
    'lambdas/match.ts': 'match',
    'party/arrivals/arrivals.ts': 'arrivals',
    'deploy/deploy.ts': 'deploy',
    'README.md': 'read me',
  };
  const editionWith = async (more: Readonly<Record<string, string>>) => {
    const root = await emptyFolder();
    for (const [name, text] of Object.entries({ ...files, ...more })) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), text);
    }
    return edition(root);
  };
  const before = await editionWith({});
  assert.equal(await editionWith({}), before);
  for (const name of Object.keys(files)) {
    const changed = (await editionWith({ [name]: 'another' })) !== before;
    assert.equal(changed, !['deploy/deploy.ts', 'README.md'].includes(name), name);
  }
  assert.notEqual(await editionWith({ 'party/new.ts': '' }), before);
});
