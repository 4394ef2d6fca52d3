import { z } from 'zod';
import { doctorText } from './doctor.text.ts';

/** Why the camera of a house on this machine gives no picture. */
export interface Unseen {
  /** Somebody turned it off, which is as it should be while no party is on. */
  readonly isOff: boolean;
  readonly says: string;
  readonly todo: string;
}

/** The part of what the page is told of the door that tells whether pictures come. */
const doorState = z.object({ camera: z.object({ status: z.string(), message: z.string().optional() }) });

/** How long the page may take to answer, in milliseconds. */
const patience = 5000;

/** Why the camera gives no picture, as the page at this address says; undefined when pictures come, or soon will. */
export async function whyUnseen(page: string): Promise<Unseen | undefined> {
  const { camera: text } = doctorText;
  const answer = await fetch(new URL('/door/state', page), { signal: AbortSignal.timeout(patience) });
  const { status, message } = doorState.parse(await answer.json()).camera;
  if (status === 'off') return { isOff: true, says: text.off, todo: text.turnOn(page) };
  if (status !== 'lost' && status !== 'ended') return undefined;
  return { isOff: false, says: text.lost(message ?? status), todo: text.turnOn(page) };
}
