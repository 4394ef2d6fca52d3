import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile, writeFileAtomic } from '../disk/atomic-file.ts';
import { cameraSources } from './state.ts';

const choice = z.object({
  source: z.enum(cameraSources),
  /** The uploaded video: its file in the camera's folder, its name at home, and whether it starts again. */
  video: z.object({ file: z.string().regex(/^[\w.-]+$/), name: z.string(), loop: z.boolean() }).optional(),
});

/** What was chosen as the camera; it outlives a restart. */
export type Choice = z.infer<typeof choice>;

const fileIn = (folder: string) => join(folder, 'choice.json');

/** The choice kept in the camera's folder; none when it was never made or cannot be read. */
export function readChoice(folder: string): Choice | undefined {
  try {
    return choice.safeParse(readJsonFile(fileIn(folder))).data;
  } catch {
    return undefined; // A lost choice costs a click; it must never keep the program from starting.
  }
}

/** Keeps the choice. */
export async function writeChoice(folder: string, choice: Choice): Promise<void> {
  await writeFileAtomic(fileIn(folder), JSON.stringify(choice));
}
