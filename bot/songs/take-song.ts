import type { InlineKeyboard } from 'grammy';
import type { Services } from '../../party/services.ts';
import { addSong, type SongAddition } from '../../party/songs/add-song.ts';
import { giveSongByName, type WhoseSong } from '../../party/songs/give-song.ts';
import type { Song } from '../../party/songs/songs.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import { FileTooLargeError } from '../errors.ts';
import { readName } from '../names.ts';
import { download } from '../telegram-file.ts';
import { guestChoices, undoGift } from './buttons.ts';
import { musicProblem } from './music-problems.text.ts';
import type { SentSong } from './sent-song.ts';
import { whoHas } from './song-list.ts';
import { songQuestions } from './song-question.ts';
import { createSongSender } from './song-sender.ts';
import { songTitle, songsText as text } from './songs.text.ts';

/**
 * Makes a music file a song, and tells or asks whose it is: a caption with a guest's name says so. The answer is the song
 * itself, as it will be heard at the door: so it is known to play, and by which `file_id`.
 *
 * @param bytes the file, if it is there already
 */
export async function takeSong(
  services: Services,
  ctx: BotContext,
  sent: SentSong,
  bytes?: Uint8Array,
): Promise<unknown> {
  await ctx.replyWithChatAction('upload_voice');
  const added = await add(services, ctx, sent, bytes);
  if (added.outcome === 'refused') return ctx.reply(musicProblem(added.problem, sent));
  const { song } = added;
  const fileIds = { ...song.fileIds };
  if (added.outcome === 'added' && sent.playable && added.asSent) {
    fileIds[String(ctx.me.id)] = sent.file.fileId;
    await services.songs.rememberFileId(song, ctx.me.id, sent.file.fileId);
  }
  const { told, keyboard, asks } = await whose(services, added, ctx.message?.caption);
  const messageId = await answer(services, ctx, { ...song, fileIds }, told, keyboard);
  if (asks) {
    const questions = songQuestions(services);
    await questions.ask(askerOf(ctx), { asks: 'whose', songId: song.id, messageId });
  }
}

async function add(
  services: Services,
  ctx: BotContext,
  { file, ...sent }: SentSong,
  bytes: Uint8Array | undefined,
): Promise<SongAddition | { readonly outcome: 'refused'; readonly problem: 'too large' }> {
  try {
    return await addSong(services, { ...sent, bytes: bytes ?? (await download(ctx.api, file)) });
  } catch (error) {
    if (error instanceof FileTooLargeError) return { outcome: 'refused', problem: 'too large' };
    throw error;
  }
}

type Accepted = Exclude<SongAddition, { outcome: 'refused' }>;

/** What is said of a song, and the buttons under it. */
interface Answer {
  readonly told: string;
  readonly keyboard?: InlineKeyboard;
  readonly asks: boolean;
}

async function whose(
  services: Services,
  { outcome, song }: Accepted,
  caption: string | undefined,
): Promise<Answer> {
  const title = songTitle(song);
  const had = outcome === 'restored' ? whoHas(song, await services.guests.list()) : [];
  const said = readName(caption ?? '');
  const name = 'name' in said ? said.name : undefined;
  const found = await giveSongByName(services, song.id, name);
  switch (found.whose) {
    case 'guest':
      return {
        told: text.given(title, found.guest.name),
        keyboard: undoGift(found.guest.id, found.guest.songId),
        asks: false,
      };
    case 'nobody invited':
      return { told: text.noGuests(title), asks: false };
    case 'asked':
      return {
        told: had.length > 0 ? text.backFor(title, had) : question(found.why, outcome, title, name),
        keyboard: guestChoices(found.among, song.id, 0),
        asks: true,
      };
  }
}

function question(
  why: Extract<WhoseSong, { whose: 'asked' }>['why'],
  outcome: Accepted['outcome'],
  title: string,
  name = '',
): string {
  if (why === 'nobody of that name') return text.nobodyCalled(title, name);
  if (why === 'several of that name') return text.severalCalled(title, name);
  return outcome === 'known' ? text.whoseKnown(title) : text.whose(title);
}

/** The song with these words; the words alone where it cannot be sent. @returns the message's id */
async function answer(
  services: Services,
  ctx: BotContext,
  song: Song,
  told: string,
  keyboard: InlineKeyboard | undefined,
): Promise<number> {
  const buttons = keyboard ? { reply_markup: keyboard } : {};
  const sendSong = createSongSender(services, ctx.api, ctx.me.id);
  const message = await sendSong(ctx.chatId!, song, { caption: told, ...buttons });
  return (message ?? (await ctx.reply(told, buttons))).message_id;
}
