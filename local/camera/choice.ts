import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { cameraSources } from './state.ts';

const Choice = z.object({
  source: z.enum(cameraSources),
  /** The uploaded video: its file in the camera's folder, its name at home, and whether it starts again. */
  video: z.object({ file: z.string().regex(/^[\w.-]+$/), name: z.string(), loop: z.boolean() }).optional(),
});

/** What was chosen as the camera; it outlives a restart. */
export type Choice = z.infer<typeof Choice>;

const fileOf = (folder: string) => join(folder, 'choice.json');

/** The choice kept in the camera's folder; none when it was never made or cannot be read. */
export async function readChoice(folder: string): Promise<Choice | undefined> {
  try {
    return Choice.parse(JSON.parse(await readFile(fileOf(folder), 'utf8')));
  } catch {
    return undefined; // A lost choice costs a click; it must never keep the program from starting.
  }
}

/** Keeps the choice; a crash leaves the old or the new one, never half of it. */
export async function writeChoice(folder: string, choice: Choice): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = `${fileOf(folder)}.draft`;
  await writeFile(draft, JSON.stringify(choice));
  await rename(draft, fileOf(folder));
}
