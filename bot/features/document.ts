import { Composer } from 'grammy';
import type { Document } from 'grammy/types';
import { pictureFile } from '../../party/guests/picture-file.ts';
import type { Services } from '../../party/services.ts';
import { musicFile } from '../../party/songs/music-file.ts';
import type { BotContext } from '../context.ts';
import { enrolmentText } from '../enrolment/enrolment.text.ts';
import { receivePhoto } from '../enrolment/receive-photo.ts';
import { documentAsPhoto } from '../enrolment/sent-photo.ts';
import { FileTooLargeError } from '../errors.ts';
import { replyTo } from '../reply-to.ts';
import { documentSong } from '../songs/sent-song.ts';
import { songsText } from '../songs/songs.text.ts';
import { takeSong } from '../songs/take-song.ts';
import { documentFile, download } from '../telegram-file.ts';
import { otherText } from './other.text.ts';

/**
 * A file is a photo or a song by what is in it: phones, mail and messengers lose or invent names and types. What its
 * sender says of it only matters for the words in which it is refused. In private chats only.
 */
export function document(services: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.chatType('private').on('message:document', async (ctx, next) => {
    // Telegram calls a GIF a document as well, and has made a film of it.
    if (ctx.message.animation) return next();
    const { document } = ctx.message;
    await ctx.replyWithChatAction('typing');
    const refuse = (told: string) => ctx.reply(told, replyTo({ messageId: ctx.message.message_id }));
    const bytes = await fetched(ctx, document);
    if (!bytes) return refuse(tooLarge(document));
    const picture = pictureFile(bytes);
    if ('contentType' in picture)
      return receivePhoto(services, ctx, documentAsPhoto(ctx.message, document), { bytes });
    if ('otherKind' in picture) return refuse(enrolmentText.otherKind(picture.otherKind));
    if (isSaidTo(document, music) || !isSomethingElse(bytes))
      return takeSong(services, ctx, documentSong(document), bytes);
    if (isSaidTo(document, pictures)) return refuse(enrolmentText.notAPicture);
    return next();
  });
  return composer;
}

/** @returns undefined for a file that is too large */
async function fetched(ctx: BotContext, document: Document): Promise<Uint8Array | undefined> {
  try {
    return await download(ctx.api, documentFile(document));
  } catch (error) {
    if (error instanceof FileTooLargeError) return undefined;
    throw error;
  }
}

/** Neither music nor what could have been. */
function isSomethingElse(bytes: Uint8Array): boolean {
  const music = musicFile(bytes);
  return 'problem' in music && music.problem === 'not music';
}

interface Claim {
  readonly type: RegExp;
  readonly name: RegExp;
}

const music: Claim = { type: /^audio\//, name: /\.(mp3|m4[abp]|aac|wav|flac|ogg|opus|wma|aiff?)$/i };
const pictures: Claim = { type: /^image\//, name: /\.(jpe?g|png|hei[cf]|webp|gif|tiff?|bmp|avif|dng|raw)$/i };

/** What the sender says that it is. */
const isSaidTo = ({ mime_type = '', file_name = '' }: Document, { type, name }: Claim): boolean =>
  type.test(mime_type) || name.test(file_name);

function tooLarge(document: Document): string {
  if (isSaidTo(document, music)) return songsText.tooLarge;
  return isSaidTo(document, pictures) ? enrolmentText.tooLarge : otherText.fileTooLarge;
}
