import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '../disk/atomic-file.ts';

/** The settings of the Lambdas that another program needs to look at the house as they do. */
const told = [
  'AWS_ENDPOINT_URL',
  'AWS_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'TABLE_NAME',
  'BUCKET_NAME',
  'COLLECTION_ID',
  'DATA_STREAM_NAME',
  'VIDEO_STREAM_NAME',
  'BOT_SECRET_ID',
  'RECOGNITION',
  'REPAIR_COMMAND',
  'TELEGRAM_API_ROOT',
] as const;

const fileIn = (folder: string): string => path.join(folder, 'house.json');

/** The page's address of the house that runs on a folder; undefined when it has not told it (yet). */
export function pageOf(folder: string): string | undefined {
  try {
    const { page } = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as { readonly page?: unknown };
    return typeof page === 'string' ? page : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Tells `npm run doctor` where the house runs: `<folder>/house.json`, gone again when the house is closed. One that a
 * killed house left behind does no harm, for its page does not answer.
 *
 * @param page the page's address
 */
export async function tellWhere(folder: string, page: string): Promise<{ close(): Promise<void> }> {
  const file = fileIn(folder);
  const environment = Object.fromEntries(told.map((name) => [name, process.env[name]]));
  await writeFileAtomic(file, JSON.stringify({ page, environment }, undefined, 2), { mode: 0o600 });
  return { close: () => rm(file, { force: true }) };
}
