import { readFileSync } from 'node:fs';

/** This program's version; the producer's should be the same. */
export function ownVersion(): string {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { readonly version: string }).version;
}
