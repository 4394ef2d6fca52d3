import type { Services } from '../../party/services.ts';
import { addSong, type SongAddition } from '../../party/songs/add-song.ts';
import { giveSongByName } from '../../party/songs/give-song.ts';
import type { MusicProblem } from '../../party/songs/music-file.ts';
import type { BotContext } from '../context.ts';
import { FileTooLargeError } from '../errors.ts';
import { readName } from '../names.ts';
import { download } from '../telegram-file.ts';
import { guestChoices } from './buttons.ts';
import type { SentSong } from './sent-song.ts';
import { songsText, songTitle } from './songs.text.ts';

/**
 * Makes a music file a song, and tells or asks whose it is: a caption with a guest's name says so.
 *
 * @param bytes the file, if it is there already
 */
export async function takeSong(
  services: Services,
  ctx: BotContext,
  sent: SentSong,
  bytes?: Uint8Array,
): Promise<unknown> {
  await ctx.replyWithChatAction('typing');
  const added = await add(services, ctx, sent, bytes);
  if (added.outcome === 'refused') return ctx.reply(problemTexts[added.problem]);
  if (sent.playable && added.asSent)
    await services.songs.rememberFileId(sent.id, ctx.me.id, sent.file.fileId);
  return tellOrAsk(services, ctx, sent, ctx.message?.caption);
}

const problemTexts: Readonly<Record<MusicProblem | 'too large', string>> = {
  'not music': songsText.notMusic,
  film: songsText.film,
  damaged: songsText.damaged,
  protected: songsText.protected,
  'too large': songsText.tooLarge,
};

async function add(
  services: Services,
  ctx: BotContext,
  { file, ...sent }: SentSong,
  bytes: Uint8Array | undefined,
): Promise<SongAddition | { readonly outcome: 'refused'; readonly problem: 'too large' }> {
  try {
    return await addSong(services, { ...sent, read: async () => bytes ?? (await download(ctx.api, file)) });
  } catch (error) {
    if (error instanceof FileTooLargeError) return { outcome: 'refused', problem: 'too large' };
    throw error;
  }
}

async function tellOrAsk(
  services: Services,
  ctx: BotContext,
  sent: SentSong,
  caption: string | undefined,
): Promise<unknown> {
  const title = songTitle(sent);
  const said = readName(caption ?? '');
  const name = 'name' in said ? said.name : undefined;
  const found = await giveSongByName(services, sent.id, name);
  switch (found.whose) {
    case 'guest':
      return ctx.reply(songsText.given(title, found.guest.name));
    case 'nobody invited':
      return ctx.reply(songsText.noGuests(title));
    case 'asked': {
      const question = {
        'no name': songsText.whose(title),
        'nobody of that name': songsText.nobodyCalled(title, name ?? ''),
        'several of that name': songsText.severalCalled(title, name ?? ''),
      }[found.why];
      return ctx.reply(question, { reply_markup: guestChoices(found.among, sent.id, 0) });
    }
  }
}
