import { randomInt } from 'node:crypto';
import type { Message } from 'grammy/types';
import type { Upload } from '../body.ts';
import { badRequest } from '../errors.ts';
import { dimensionsOf, type Made, makePhoto, NotAPictureError } from '../media/photo.ts';
import { makeBotAudio, makeFile, type Said } from '../media/recording.ts';
import type { FileKind, Files } from '../state/files.ts';
import type { Change } from '../state/journal.ts';
import type { Content } from '../state/messages.ts';
import { type Call, type Method, writableChat } from './call.ts';
import { ownCaption, send } from './send.ts';

type SentKind = Exclude<FileKind, 'thumbnail'>;

const groupKinds = new Set(['photo', 'video', 'audio', 'document']);
/** Limits of a bot's photo (Bot API, sendPhoto): bytes, both edges together, and one edge over the other. */
const maxPhotoBytes = 10 * 1024 * 1024;
const maxEdgesSum = 10_000;
const maxEdgeRatio = 20;
const minGroup = 2;
const maxGroup = 10;

/**
 * The media for a file parameter: a new upload, or a file_id sent again as it was.
 * @throws BotApiError 400 when there is none, or it will not do.
 */
async function mediaFor(
  call: Call,
  kind: SentKind,
  file: Upload | string | undefined,
  said: Said,
): Promise<Made> {
  const { files } = call.telegram;
  if (file === undefined) throw badRequest(`there is no ${kind} in the request`);
  if (typeof file !== 'string') {
    if (kind === 'photo') return uploadedPhoto(files, file.bytes);
    return kind === 'audio' ? makeBotAudio(files, file, said) : makeFile(files, kind, file, said);
  }
  // Nothing is fetched from the net for a bot on this machine.
  if (/^https?:/i.test(file)) throw badRequest('failed to get HTTP URL content');
  // Title, length and cover stay the file's own, whatever is said now.
  return { media: files.again(file, kind).media, changes: [] };
}

async function uploadedPhoto(files: Files, bytes: Buffer): Promise<Made> {
  if (bytes.length === 0) throw badRequest('file must be non-empty');
  if (bytes.length > maxPhotoBytes) {
    const size = `file of size ${bytes.length} bytes is too big for a photo`;
    throw badRequest(`${size}; the maximum size is ${maxPhotoBytes} bytes`);
  }
  try {
    const { width, height } = await dimensionsOf(bytes);
    const ratio = Math.max(width, height) / Math.min(width, height);
    if (width + height > maxEdgesSum || ratio > maxEdgeRatio) throw badRequest('PHOTO_INVALID_DIMENSIONS');
    return await makePhoto(files, bytes);
  } catch (error) {
    throw error instanceof NotAPictureError ? badRequest('IMAGE_PROCESS_FAILED') : error;
  }
}

function saidIn({ params }: Call): Said {
  const thumbnail = params.file('thumbnail');
  return {
    duration: params.whole('duration'),
    width: params.whole('width'),
    height: params.whole('height'),
    title: params.text('title'),
    performer: params.text('performer'),
    thumbnail: typeof thumbnail === 'string' ? undefined : thumbnail,
  };
}

/** A file with its caption, as a call's parameters say. */
async function mediaContent(call: Call, kind: SentKind, file: Upload | string | undefined) {
  const caption = ownCaption(call);
  const { media, changes } = await mediaFor(call, kind, file, saidIn(call));
  const spoiler = call.params.flag('has_spoiler') && (kind === 'photo' || kind === 'video');
  const content: Content = { ...media, ...caption, ...(spoiler ? { has_media_spoiler: true } : {}) };
  return { content, changes };
}

function sender(kind: SentKind): Method {
  return async (call) => {
    writableChat(call, kind);
    const { content, changes } = await mediaContent(call, kind, call.params.file(kind));
    return send(call, content, changes);
  };
}

/**
 * The content of one item of `media` in sendMediaGroup and editMessageMedia (Bot API, *InputMedia*), with the
 * changes that make a new file known.
 * @throws BotApiError 400
 */
export async function inputMedia(
  call: Call,
  item: unknown,
): Promise<{ content: Content; changes: readonly Change[] }> {
  const params = call.params.within(item);
  const type = params.text('type');
  if (type === undefined || !groupKinds.has(type)) {
    throw badRequest("can't parse InputMedia: type must be specified");
  }
  return mediaContent({ ...call, params }, type as SentKind, params.attached(params.text('media')));
}

async function sendMediaGroup(call: Call): Promise<Message[]> {
  writableChat(call);
  const items = call.params.json('media');
  if (!Array.isArray(items) || items.length < minGroup)
    throw badRequest('there are no messages to send as an album');
  if (items.length > maxGroup) throw badRequest('too many messages to send as an album');
  const types = new Set(items.map((item: { type?: unknown } | null) => item?.type));
  if (types.size > 1 && (types.has('audio') || types.has('document'))) {
    throw badRequest("can't use the media of the specified type in the album");
  }
  const ready = [];
  for (const item of items) ready.push(await inputMedia(call, item));
  const media_group_id = String(randomInt(2 ** 40, 2 ** 47));
  return ready.map(({ content, changes }) => send(call, { ...content, media_group_id }, changes));
}

/** Pictures, sound and files. */
export const mediaMethods: Readonly<Record<string, Method>> = {
  sendPhoto: sender('photo'),
  sendAudio: sender('audio'),
  sendDocument: sender('document'),
  sendVideo: sender('video'),
  sendVoice: sender('voice'),
  sendMediaGroup,
};
