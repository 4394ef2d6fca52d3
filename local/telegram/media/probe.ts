import { Demuxer } from 'node-av/api';
import { AV_DISPOSITION_ATTACHED_PIC } from 'node-av/constants';
import type { FileType } from './sniff.ts';

/** What a sound or film file says about itself. */
export interface Probe {
  /** Whole seconds; 0 when unknown. */
  readonly duration: number;
  readonly title?: string;
  readonly performer?: string;
  /** Pixels; only with a picture track that is not a cover. */
  readonly width?: number;
  readonly height?: number;
  /** Whether there is sound in it. */
  readonly sound: boolean;
}

/** The demuxer is named, never guessed: a guess could take a file for a playlist and open what that names. */
const demuxers: Readonly<Record<string, string>> = {
  mp3: 'mp3',
  m4a: 'mov',
  mp4: 'mov',
  mov: 'mov',
  ogg: 'ogg',
  flac: 'flac',
  wav: 'wav',
  webm: 'matroska',
};

/** Reads duration, tags and size from the bytes of a file of a known type; undefined when they are not that. */
export async function probe(bytes: Buffer, type: FileType): Promise<Probe | undefined> {
  const format = demuxers[type.extension];
  if (format === undefined) return undefined;
  let input: Demuxer;
  try {
    input = await Demuxer.open(bytes, { format });
  } catch {
    return undefined;
  }
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
