import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Folders that the Lambdas' code is made of, or what lies beside it; and the one that says how it is built. */
const sources = ['bot', 'carols', 'infra/functions', 'lambdas', 'party'];

/** Which packages are wanted, which are really there, and how the sources are read. */
const besides = ['package.json', 'package-lock.json', 'node_modules/.package-lock.json', 'tsconfig.json'];

const known = new Map<string, string>();

/**
 * Names the state of all that the Lambdas are built from: sixteen letters and digits that change with any of these
 * files. It is looked for once in a process.
 *
 * @param root the project's folder
 */
export function edition(root: string): string {
  const before = known.get(root);
  if (before !== undefined) return before;
  const hash = createHash('sha256');
  const files = [...sources.flatMap((folder) => sourcesIn(root, folder)), ...besides];
  for (const file of files.filter((name) => existsSync(path.join(root, name))))
    hash.update(`\n${file}\n`).update(readFileSync(path.join(root, file)));
  const named = hash.digest('hex').slice(0, 16);
  known.set(root, named);
  return named;
}

const sourcesIn = (root: string, folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|css)$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();
