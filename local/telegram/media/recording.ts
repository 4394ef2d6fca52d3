import { extname } from 'node:path';
import type { PhotoSize } from 'grammy/types';
import sharp from 'sharp';
import type { Upload } from '../body.ts';
import { badRequest } from '../errors.ts';
import type { FileKind, Files, Media } from '../state/files.ts';
import type { Change } from '../state/journal.ts';
import type { Made } from './photo.ts';
import { type Probe, probe } from './probe.ts';
import { declaredType, type FileType, sniff } from './sniff.ts';

/** What a sender may say about a recording; what is not said is read from the file. */
export interface Said {
  readonly duration?: number | undefined;
  readonly title?: string | undefined;
  readonly performer?: string | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly thumbnail?: Upload | undefined;
}

/** Everything but photos and thumbnails. */
type Kind = Exclude<FileKind, 'photo' | 'thumbnail'>;

/** sendAudio takes these (Bot API); the stand-in is strict and refuses the rest. */
const audioFromBots = new Set(['mp3', 'm4a', 'mp4']);
const maxThumbnailBytes = 200 * 1024;
const maxThumbnailEdge = 320;

/** Any file but a photo, under the kind it is sent as. */
export async function makeFile(files: Files, kind: Kind, upload: Upload, said: Said = {}): Promise<Made> {
  const type = sniff(upload.bytes);
  const found = type && kind !== 'document' ? await probe(upload.bytes, type) : undefined;
  return keep(files, kind, upload, said, type, found);
}

/**
 * Audio from a bot: by content MP3 or M4A, with sound and no film in it.
 * @throws BotApiError 400; Telegram itself would quietly make a document of some of these.
 */
export async function makeBotAudio(files: Files, upload: Upload, said: Said): Promise<Made> {
  const type = sniff(upload.bytes);
  const found = type && audioFromBots.has(type.extension) ? await probe(upload.bytes, type) : undefined;
  if (upload.bytes.length > 0 && (!found?.sound || found.width !== undefined)) {
    throw badRequest('AUDIO_CONTENT_TYPE_INVALID: audio must be in the .MP3 or .M4A format');
  }
  return keep(files, 'audio', upload, said, type, found);
}

async function keep(
  files: Files,
  kind: Kind,
  upload: Upload,
  said: Said,
  type: FileType | undefined,
  found: Probe | undefined,
): Promise<Made> {
  const ref = await files.write(kind, upload.bytes, extname(upload.name).slice(1) || type?.extension || '');
  const { file_id, file_unique_id, file_size } = ref;
  const thumbnail = await makeThumbnail(files, said.thumbnail);
  const mime_type =
    kind === 'document' || !type ? declaredType(upload.name, upload.bytes) : mimeAs(kind, type);
  const common = {
    ...{ file_id, file_unique_id, file_size, mime_type },
    ...(kind === 'voice' ? {} : { file_name: upload.name }),
    ...(thumbnail ? { thumbnail: thumbnail.size } : {}),
  };
  const media: Media = { [kind]: { ...common, ...measures(kind, found, said) } };
  const row = files.put({ ...ref, kind, mime_type, file_name: upload.name, media });
  return { media, changes: [row, ...(thumbnail ? [thumbnail.change] : [])] };
}

function mimeAs(kind: Kind, type: FileType): string {
  return kind === 'audio' && type.extension === 'mp4' ? 'audio/mp4' : type.mime;
}

function measures(kind: Kind, found: Probe | undefined, said: Said): Record<string, string | number> {
  if (kind === 'document') return {};
  const duration = said.duration ?? found?.duration ?? 0;
  if (kind === 'voice') return { duration };
  if (kind === 'video') {
    return { duration, width: said.width ?? found?.width ?? 0, height: said.height ?? found?.height ?? 0 };
  }
  const title = said.title ?? found?.title;
  const performer = said.performer ?? found?.performer;
  return { duration, ...(title ? { title } : {}), ...(performer ? { performer } : {}) };
}

/** A cover that keeps Telegram's limits (JPEG, under 200 kB and 320 px); any other is ignored, as Telegram does. */
async function makeThumbnail(
  files: Files,
  upload: Upload | undefined,
): Promise<{ size: PhotoSize; change: Change } | undefined> {
  if (upload === undefined || upload.bytes.length >= maxThumbnailBytes) return undefined;
  const found = await sharp(upload.bytes)
    .metadata()
    .catch(() => undefined);
  if (found?.format !== 'jpeg' || Math.max(found.width, found.height) > maxThumbnailEdge) return undefined;
  const ref = await files.write('thumbnail', upload.bytes, 'jpg');
  const { file_id, file_unique_id, file_size } = ref;
  const size = { file_id, file_unique_id, file_size, width: found.width, height: found.height };
  return {
    size,
    change: files.put({ ...ref, kind: 'thumbnail', mime_type: 'image/jpeg', media: { photo: [size] } }),
  };
}
