import * as z from 'zod';
import { second } from '../clock.ts';
import type { Key, Table } from '../stores/table.ts';

/** How often a producer writes its pulse at least, in milliseconds: while it watches, and while it only waits. */
export const pulseEvery = { watching: 5 * second, waiting: 30 * second } as const;

/** Three beats missed: nobody is there. Milliseconds. */
const silence = 3 * pulseEvery.waiting;

/** What of the producer costs money or may be somebody else's doing, so that the host is told of it unasked. */
const alert = z.enum(['another producer', 'searched enough']);
export type ProducerAlert = z.infer<typeof alert>;

const time = z.number().positive();
const count = z.number().int().min(0);

/** Numbers are bounded and text is short, for what the producer writes is shown in the chat. */
const pulse = z.object({
  /** Which producer wrote it: each process has an id of its own. Absent from one of before there were any. */
  id: z.string().max(64).optional(),
  /** When it was written, milliseconds since 1970 by the producer's clock. */
  at: time,
  /** The producer's clock less AWS's own, in milliseconds; absent until AWS has answered once. */
  clockOffset: z.number().optional(),
  /** The producer's version. */
  version: z.string().max(64),
  /** `since` of the wish that it has taken up; absent while it only waits. */
  serves: time.optional(),
  /** Since it took up the wish: frames looked at, faces found in them, and calls of SearchFacesByImage. */
  frames: count,
  faces: count,
  calls: count,
  /** Records that could not be sent while they still meant something. */
  dropped: count,
  /** Frames a second that it looks at now, to one decimal. */
  framesPerSecond: z.number().min(0),
  /**
   * Its computer is too busy to look often enough for anybody to be recognised; not said by a producer of before that.
   */
  isTooSlow: z.boolean().optional().catch(undefined),
  /** When the camera's last picture came, milliseconds since 1970 by the producer's clock. */
  lastFrame: time.optional(),
  /** What does not work now, in words for the host, without any address or password. */
  problem: z.string().max(500).optional(),
  /** What the host is to be told unasked; none from a producer of before there were any. */
  alerts: z.array(alert).max(8).optional().catch(undefined),
});

/** The heartbeat of the producer at home, with what it does: written by it, read by the chat. */
export type Pulse = z.infer<typeof pulse>;

const key: Key = { pk: 'PULSE', sk: 'recognition' };

/** The one pulse there is. */
export class Pulses {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** @returns undefined when no producer has ever run, or when what is there is no pulse */
  async read(): Promise<Pulse | undefined> {
    return pulse.safeParse(await this.#table.get(key)).data;
  }

  /** @returns the pulse of before; undefined when there was none, or what was there is no pulse */
  async write(beat: Pulse): Promise<Pulse | undefined> {
    return pulse.safeParse(await this.#table.replace({ ...key, ...beat })).data;
  }
}

/** When a pulse was written by AWS's clock, milliseconds since 1970. */
export const writtenAt = ({ at, clockOffset = 0 }: Pulse): number => at - clockOffset;

/** Whether a producer is there, as far as its pulse says. */
export const isAlive = (beat: Pulse, now: number): boolean => now - writtenAt(beat) <= silence;
