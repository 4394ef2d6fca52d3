import { Demuxer } from 'node-av/api';
import { AV_DISPOSITION_ATTACHED_PIC } from 'node-av/constants';
import type { Probe } from './probe.ts';

/** What the process is asked. */
export interface Question {
  readonly id: number;
  readonly bytes: Uint8Array;
  /** FFmpeg's name of a demuxer. */
  readonly format: string;
}

/** What it says; nothing was found in bytes that are not of the format. */
export interface Answer {
  readonly id: number;
  readonly found: Probe | undefined;
}

/**
 * The process that looks into recordings: forked by `probe.ts`. The files are whatever people send, and what a file
 * holds can crash FFmpeg, with the whole process that it is in.
 */
function serve(): void {
  const endAtOnce = () => process.kill(process.pid, 'SIGKILL');
  process.on('disconnect', endAtOnce);
  if (!process.connected) endAtOnce();
  // Ctrl+C reaches every process of the terminal; the parent decides when this one ends.
  process.on('SIGINT', () => {});
  process.on('message', async ({ id, bytes, format }: Question) => {
    const answer: Answer = { id, found: await probe(Buffer.from(bytes), format).catch(() => undefined) };
    // When the parent is gone nobody is left to hear it, and this process is about to end too.
    process.send?.(answer, undefined, {}, () => {});
  });
}

async function probe(bytes: Buffer, format: string): Promise<Probe> {
  const input = await Demuxer.open(bytes, { format });
  try {
    const tags = new Map(
      Object.entries(input.metadata).map(([name, value]) => [name.toLowerCase(), value.trim()]),
    );
    const title = tags.get('title');
    const performer = tags.get('artist') ?? tags.get('album_artist');
    const picture = input.video();
    const isCover = ((picture?.disposition ?? 0) & AV_DISPOSITION_ATTACHED_PIC) !== 0;
    const film = isCover ? undefined : picture?.codecpar;
    return {
      duration: Math.round(Math.max(input.duration, 0)),
      ...(title ? { title } : {}),
      ...(performer ? { performer } : {}),
      ...(film ? { width: film.width, height: film.height } : {}),
      sound: input.audio() !== undefined,
    };
  } finally {
    await input.close();
  }
}

serve();
