import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../infra/functions/bundling.ts';
import { edition } from '../../infra/functions/edition.ts';
import { lambdas } from '../support/bundle.ts';

let folder: string | undefined;

/**
 * Lambdas of one line each, as if they had been built before: for deployments in which nobody looks at their code, which
 * takes seconds to build, to copy and to pack, each time.
 *
 * @returns the folder for LAMBDA_CACHE; it goes when this process ends
 */
export function plainLambdas(): string {
  if (folder !== undefined) return folder;
  const made = mkdtempSync(path.join(tmpdir(), 'musical-joy-lambdas-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  for (const name of Object.keys(lambdas)) {
    const built = path.join(made, `${name}-${edition(root)}`);
    mkdirSync(built);
    writeFileSync(path.join(built, 'index.mjs'), `export const handler = async () => '${name}';\n`);
  }
  folder = made;
  return made;
}
