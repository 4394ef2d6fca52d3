import { judgePhoto, type PhotoVerdict } from '../../party/sign-ups/judge-photo.ts';
import { LinkTries } from '../../party/sign-ups/link-tries.ts';
import { type SentFile, type SignUp, SignUps } from '../../party/sign-ups/sign-ups.ts';
import { acknowledge } from '../buttons.ts';
import type { BotContext } from '../context.ts';
import { enrolmentText } from '../enrolment/enrolment.text.ts';
import { FileTooLargeError } from '../errors.ts';
import { quietly } from '../quietly.ts';
import { download, type TelegramFile } from '../telegram-file.ts';
import { showTyping } from '../typing.ts';
import { askHost } from './ask-host.ts';
import { guestText as text } from './guest.text.ts';
import { askSong } from './guest-song.ts';
import type { GuestTurn } from './turn.ts';

/** The newest profile photo of whoever wrote, in its largest size; undefined when the bot may not see any. */
async function profilePhoto(ctx: BotContext): Promise<TelegramFile | undefined> {
  const found = await quietly(ctx.api.getUserProfilePhotos(ctx.from!.id, { limit: 1 }));
  const largest = found?.photos[0]?.at(-1);
  if (!largest) return undefined;
  const { file_id: fileId, file_unique_id: uniqueId, file_size: size } = largest;
  return { fileId, uniqueId, ...(size !== undefined && { size }) };
}

export const hasProfilePhoto = async (ctx: BotContext): Promise<boolean> =>
  (await profilePhoto(ctx)) !== undefined;

/** Their profile photo is to be the one by which they are known. */
export async function takeProfilePhoto(turn: GuestTurn, signUp: SignUp): Promise<unknown> {
  const photo = await profilePhoto(turn.ctx);
  await acknowledge(turn.ctx);
  return photo ? takePhoto(turn, signUp, photo) : turn.ctx.reply(text.noProfilePhoto);
}

/**
 * A photo is judged at once, and kept if it will do: not the photo, which is at Telegram, but which one it is. Then the
 * song is asked for, or the host anew.
 *
 * @param bytes the file, if it is there already, and counted as a try
 */
export async function takePhoto(
  turn: GuestTurn,
  signUp: SignUp,
  file: SentFile,
  bytes?: Uint8Array,
): Promise<unknown> {
  const { services, ctx } = turn;
  const { userId, linkId } = signUp;
  if (!bytes && !(await new LinkTries(services.table).take(linkId, userId, 'photos')))
    return ctx.reply(text.tooManyPhotos);
  await showTyping(ctx);
  const verdict = await judge(turn, file, bytes);
  if ('refusal' in verdict) return ctx.reply(enrolmentText.refused(verdict.refusal));
  const changed = await new SignUps(services.table).change(userId, { photo: file });
  if (!changed) return undefined;
  const good = text.goodPhoto(verdict.advice);
  return changed.song ? askHost(turn, changed, changed.song) : askSong(turn, changed, { good });
}

async function judge(
  { services, ctx }: GuestTurn,
  file: TelegramFile,
  bytes: Uint8Array | undefined,
): Promise<PhotoVerdict> {
  try {
    return await judgePhoto(services, bytes ?? (await download(ctx.api, file)));
  } catch (error) {
    if (error instanceof FileTooLargeError) return { refusal: { reason: 'picture too large' } };
    throw error;
  }
}
