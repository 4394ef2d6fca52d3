import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { buildOnce } from '../../party/build-once.ts';

/** A file that the page loads. */
export interface ScreenFile {
  readonly type: string;
  readonly text: string;
}

/** The files by their names. */
export type ScreenFiles = ReadonlyMap<string, ScreenFile>;

/** All that the page loads, with its type. */
export const screenFileTypes = {
  'screen.js': 'text/javascript; charset=utf-8',
  'screen.css': 'text/css; charset=utf-8',
} as const;

/** The folder beside a bundle in which they lie (`asset.ts`). */
export const screenFolder = 'screen';

/** The files that were built when this Lambda was bundled, beside it. */
export const bundledScreen: () => Promise<ScreenFiles> = buildOnce(async () => {
  const folder = path.join(process.env.LAMBDA_TASK_ROOT ?? '.', screenFolder);
  const read = Object.entries(screenFileTypes).map(async ([name, type]) => {
    return [name, { type, text: await readFile(path.join(folder, name), 'utf8') }] as const;
  });
  return new Map(await Promise.all(read));
});
