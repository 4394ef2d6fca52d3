import { Composer } from 'grammy';
import type { Services } from '../../party/services.ts';
import { addSong } from '../../party/songs/add-song.ts';
import { giveSongByName } from '../../party/songs/give-song.ts';
import type { MusicProblem } from '../../party/songs/music-file.ts';
import type { BotContext } from '../context.ts';
import { FileTooLargeError } from '../errors.ts';
import { readName } from '../names.ts';
import { guestChoices } from '../songs/buttons.ts';
import { type SentSong, songIn } from '../songs/sent-song.ts';
import { songsText, songTitle } from '../songs/songs.text.ts';
import { download } from '../telegram-file.ts';

/** A music file makes a song, in private chats only. A caption with a guest's name says whose it is. */
export function song(services: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.chatType('private').on(['message:audio', 'message:document'], async (ctx, next) => {
    const sent = songIn(ctx.message);
    if (!sent) return next();
    await ctx.replyWithChatAction('typing');
    const problem = await add(services, ctx, sent);
    if (problem !== undefined) return ctx.reply(problemTexts[problem]);
    if (sent.playable) await services.songs.rememberFileId(sent.id, ctx.me.id, sent.file.fileId);
    return tellOrAsk(services, ctx, sent, ctx.message.caption);
  });
  return composer;
}

const problemTexts: Readonly<Record<MusicProblem | 'too large', string>> = {
  'not music': songsText.notMusic,
  film: songsText.film,
  damaged: songsText.damaged,
  protected: songsText.protected,
  'too large': songsText.tooLarge,
};

/** @returns why it is no song; undefined when it is one now */
async function add(
  services: Services,
  ctx: BotContext,
  { file, ...sent }: SentSong,
): Promise<MusicProblem | 'too large' | undefined> {
  try {
    const added = await addSong(services, { ...sent, read: () => download(ctx.api, file) });
    return added.outcome === 'refused' ? added.problem : undefined;
  } catch (error) {
    if (error instanceof FileTooLargeError) return 'too large';
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
