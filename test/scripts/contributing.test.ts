import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The folders that the tree in CONTRIBUTING.md names, two levels deep, in its order. */
function described(): string[] {
  const text = readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8');
  const [tree] = text.match(/(?<=```\n)party\/[\s\S]*?(?=```)/) ?? [];
  assert.ok(tree, 'the tree begins with party/');
  let room = '';
  return tree
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, indent = '', name = ''] = /^( {2})?([\w-]+)\/( |$)/.exec(line) ?? [];
      assert.notEqual(name, '', `not a folder: ${line}`);
      if (indent === '') room = name;
      return indent === '' ? name : `${room}/${name}`;
    });
}

/** The project's folders, two levels deep; what git does not keep is left out. */
function actual(): string[] {
  const ignored = new Set(['node_modules', 'results', '__pycache__', 'dist']);
  const inside = (folder: string): string[] =>
    readdirSync(path.join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !ignored.has(entry.name))
      .map(({ name }) => (folder === '' ? name : `${folder}/${name}`));
  return inside('').flatMap((room) => [room, ...inside(room)]);
}

test('the tree in CONTRIBUTING.md names each folder that there is, and no other', () => {
  assert.deepEqual(described().sort(), actual().sort());
});

test('the folders of a room stand in alphabetical order', () => {
  const names = described().filter((name) => name.includes('/'));
  const rooms = [...new Set(names.map((name) => name.split('/')[0]))];
  for (const room of rooms) {
    const own = names.filter((name) => name.startsWith(`${room}/`));
    assert.deepEqual(own, [...own].sort());
  }
});
