import { LinkTries } from '../../party/sign-ups/link-tries.ts';
import { songsOnShelf } from '../../party/sign-ups/shelf.ts';
import { type ChosenSong, type SignUp, SignUps } from '../../party/sign-ups/sign-ups.ts';
import { musicFile } from '../../party/songs/music-file.ts';
import { acknowledge, overwrite, takeButtons } from '../buttons.ts';
import type { BotContext } from '../context.ts';
import { FileTooLargeError } from '../errors.ts';
import { quietly } from '../quietly.ts';
import { showStatus } from '../show-status.ts';
import { musicProblem, type SongProblem } from '../songs/music-problems.text.ts';
import { audioSong, type SentSong } from '../songs/sent-song.ts';
import { songTitle } from '../songs/songs.text.ts';
import { download } from '../telegram-file.ts';
import { showTyping } from '../typing.ts';
import { askHost } from './ask-host.ts';
import { guestText as text } from './guest.text.ts';
import { shelfChoices, songSources } from './guest-keyboards.ts';
import type { GuestTurn } from './turn.ts';

/**
 * The newest song on the profile of whoever wrote; undefined when there is none, or the Bot API knows of none yet
 * (before 9.4).
 */
async function profileSong(ctx: BotContext): Promise<SentSong | undefined> {
  const found = await quietly(ctx.api.getUserProfileAudios(ctx.from!.id, { limit: 1 }));
  const [newest] = found?.audios ?? [];
  return newest && audioSong(newest);
}

/**
 * Asks what is to play, in the place of the question of before.
 *
 * @param good what is said of the photo that came just now
 * @param anew in a new message
 */
export async function askSong(
  { services, ctx }: GuestTurn,
  { userId, questionId }: SignUp,
  { good, anew = false }: { readonly good?: string; readonly anew?: boolean } = {},
): Promise<void> {
  if (ctx.callbackQuery) await acknowledge(ctx);
  const [song, shelf] = await Promise.all([profileSong(ctx), songsOnShelf(services)]);
  const told = good === undefined ? text.askSong : `${good}\n\n${text.askSong}`;
  const keyboard = songSources(song && songTitle(song), shelf.length > 0);
  // Below a photo that was sent, the question of before would not be seen.
  const before = anew || !ctx.callbackQuery ? undefined : questionId;
  const shown = await showStatus(ctx, before, { told, keyboard });
  if (shown === questionId) return;
  if (questionId !== undefined) await takeButtons(ctx, questionId);
  await new SignUps(services.table).change(userId, { questionId: shown });
}

/** A page of the songs to choose from, in the message with the button. */
export async function showShelf({ services, ctx }: GuestTurn, page: number): Promise<void> {
  await acknowledge(ctx);
  await overwrite(ctx, text.pickSong, shelfChoices(await songsOnShelf(services), page));
}

/** A song of the shelf, unless it is somebody's by now. */
export async function takePick(turn: GuestTurn, signUp: SignUp, songId: string): Promise<unknown> {
  const isThere = (await songsOnShelf(turn.services)).some(({ id }) => id === songId);
  if (isThere) return takeSong(turn, signUp, { from: 'shelf', songId });
  await acknowledge(turn.ctx, text.songGone);
  return showShelf(turn, 0);
}

/** The song on their profile. */
export async function takeProfileSong(turn: GuestTurn, signUp: SignUp): Promise<unknown> {
  const music = await profileSong(turn.ctx);
  await acknowledge(turn.ctx);
  return music ? takeMusic(turn, signUp, music) : turn.ctx.reply(text.noProfileSong);
}

/** A music file is heard into at once. It stays at Telegram until they are welcomed. */
export async function takeMusic(
  turn: GuestTurn,
  signUp: SignUp,
  music: SentSong,
  bytes?: Uint8Array,
): Promise<unknown> {
  const { services, ctx } = turn;
  if (!bytes && !(await new LinkTries(services.table).take(signUp.linkId, signUp.userId, 'songs')))
    return ctx.reply(text.tooManySongs);
  await showTyping(ctx);
  const problem = await problemWith(ctx, music, bytes);
  if (problem !== undefined) return ctx.reply(musicProblem(problem, music));
  return takeSong(turn, signUp, { from: 'guest', music });
}

async function problemWith(
  ctx: BotContext,
  { file }: SentSong,
  bytes: Uint8Array | undefined,
): Promise<SongProblem | undefined> {
  try {
    const found = musicFile(bytes ?? (await download(ctx.api, file)));
    return 'problem' in found ? found.problem : undefined;
  } catch (error) {
    if (error instanceof FileTooLargeError) return 'too large';
    throw error;
  }
}

/** Keeps what is to play. With a photo, that is all: the host is asked. */
export async function takeSong(turn: GuestTurn, signUp: SignUp, song: ChosenSong): Promise<unknown> {
  const { services, ctx } = turn;
  if (ctx.callbackQuery) await acknowledge(ctx);
  if (signUp.photo) return askHost(turn, signUp, song);
  const changed = await new SignUps(services.table).change(signUp.userId, { song });
  return changed && ctx.reply(text.askSelfieToo);
}
