import { rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { cameraSources } from '../camera/state.ts';
import { writeFileAtomic } from '../disk/atomic-file.ts';
import type { OnDamage } from '../disk/damage.ts';
import { readOrBegin } from '../disk/made-anew.ts';

const kept = z.object({
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  /** The host's private chat, in which it is shown. */
  chatId: z.number(),
  /** What was the newest message there before. */
  after: z.number(),
  /** Its own last message; none while it is shown. */
  upTo: z.number().optional(),
  /** When it was over, milliseconds since 1970; none while it is shown. */
  endedAt: z.number().optional(),
  partyId: z.string().optional(),
  /** What the camera was before. */
  camera: z.enum(cameraSources),
});

/** What there is to be cleared after a rehearsal; it outlives a sudden end. */
export type Kept = z.infer<typeof kept>;

const fileIn = (folder: string): string => path.join(folder, 'rehearsal.json');
const isKept = (value: unknown): value is Kept => kept.safeParse(value).success;

/** What the last rehearsal left to be cleared. */
export const readKept = (folder: string, onDamage?: OnDamage): Kept | undefined =>
  readOrBegin(fileIn(folder), isKept, {
    onDamage,
    lost: 'what the rehearsal made; forget it by /forget in the chat',
  });

export const writeKept = (folder: string, what: Kept): Promise<void> =>
  writeFileAtomic(fileIn(folder), JSON.stringify(what));

export const forgetKept = (folder: string): Promise<void> => rm(fileIn(folder), { force: true });
