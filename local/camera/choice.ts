import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../disk/atomic-file.ts';
import type { OnDamage } from '../disk/damage.ts';
import { readOrBegin } from '../disk/made-anew.ts';
import { cameraSources } from './state.ts';

const choice = z.object({
  source: z.enum(cameraSources),
  /** The pictures come from a phone, by its link, and not from the page: with `webcam` alone. */
  phone: z.boolean().optional(),
  /** The address that was typed, with the login in it; it goes before CAMERA_URL. */
  address: z.string().optional(),
  /** The uploaded video: its file in the camera's folder, its name at home, and whether it starts again. */
  video: z
    .object({
      file: z.string().regex(/^[\w.-]+$/),
      name: z.string(),
      loop: z.boolean(),
      /** It was played to its end, and not begun anew since. */
      ended: z.boolean().optional(),
    })
    .optional(),
});

/** What was chosen as the camera; it outlives a restart. */
export type Choice = z.infer<typeof choice>;

const fileIn = (folder: string) => join(folder, 'choice.json');

/** The choice kept in the camera's folder; none when it was never made or cannot be read: it costs a click. */
export function readChoice(folder: string, onDamage?: OnDamage): Choice | undefined {
  const lost = 'which camera was chosen; choose it again on the page';
  return readOrBegin(fileIn(folder), isChoice, { onDamage, lost });
}

const isChoice = (value: unknown): value is Choice => choice.safeParse(value).success;

/** Keeps the choice; no other user of the machine may read it, for the camera's password may be in it. */
export async function writeChoice(folder: string, choice: Choice): Promise<void> {
  await writeFileAtomic(fileIn(folder), JSON.stringify(choice), { mode: 0o600 });
}
