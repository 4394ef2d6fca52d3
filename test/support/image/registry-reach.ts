import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * What npm needs in an image's tree to reach the registry as this machine does: the authorities that this Node trusts
 * besides its own, and the settings of a proxy or another registry.
 *
 * @param place where the authorities are put in the tree
 * @returns the environment for it
 */
export async function reachRegistry(tree: string, place: string): Promise<Record<string, string>> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (/^(https?_proxy|no_proxy|npm_config_(registry|proxy|https_proxy))$/i.test(name)) env[name] = value!;
  }
  const authorities = process.env.NODE_EXTRA_CA_CERTS;
  if (authorities) {
    await writeFile(path.join(tree, place), await readFile(authorities));
    env.NODE_EXTRA_CA_CERTS = place;
  }
  return env;
}
