import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Programs that run at home, most of them for a whole evening: they are read from a build, which takes less memory. */
export const programs = [
  'local/start.ts',
  'local/standalone-aws/main.ts',
  'local/repair/main.ts',
  'producer/main.ts',
  'producer/try-camera/main.ts',
  'vision/calibrate/main.ts',
];

/** Where builds are kept, each in a folder that is named for what it was built from. */
export const buildsOf = (root) => path.join(root, 'node_modules/.cache/musical-joy/programs');

/** What they are made of, and what says how they are built. */
export const sources = ['bot', 'carols', 'lambdas', 'local', 'party', 'producer', 'scripts/build', 'vision'];

/** Which packages are wanted, which are really there, and how the sources are read. */
const besides = ['package.json', 'package-lock.json', 'node_modules/.package-lock.json', 'tsconfig.json'];

/**
 * Names the state of all that the programs are built from: sixteen letters and digits that change with any of these
 * files, and with the project's place, for a build knows where its sources lie.
 *
 * @param {string} root the project's folder
 */
export function edition(root) {
  const hash = createHash('sha256').update(root);
  const files = [...sources.flatMap((folder) => sourcesIn(root, folder)), ...besides];
  for (const file of files.filter((name) => existsSync(path.join(root, name))))
    hash.update(`\n${file}\n`).update(readFileSync(path.join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

const sourcesIn = (root, folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|mjs)$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();
