import { Composer } from 'grammy';
import type { Services } from '../../party/services.ts';
import { storageKey } from '../../party/stores/storage-key.ts';
import type { BotContext } from '../context.ts';
import { FileTooLargeError } from '../errors.ts';
import { readName } from '../names.ts';
import { guestChoices } from '../songs/buttons.ts';
import { musicFile } from '../songs/music-file.ts';
import { type SentSong, songIn } from '../songs/sent-song.ts';
import { songsText, songTitle } from '../songs/songs.text.ts';
import { download } from '../telegram-file.ts';

/** A music file makes a song, in private chats alone. A caption with a guest's name says whose it is. */
export function song(services: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.chatType('private').on(['message:audio', 'message:document'], async (ctx, next) => {
    const sent = songIn(ctx.message);
    if (!sent) return next();
    await ctx.replyWithChatAction('typing');
    const kept = await keep(services, ctx, sent);
    if (kept !== 'kept') return ctx.reply(songsText[kept]);
    return tellOrAsk(services, ctx, sent, ctx.message.caption);
  });
  return composer;
}

const problems = { 'not music': 'notMusic', film: 'film', damaged: 'damaged' } as const;

/** Stores the file. The same file again is the same song. */
async function keep(
  { songs, storage }: Services,
  ctx: BotContext,
  { id, file, playable, title, performer, duration, fileName }: SentSong,
): Promise<'kept' | 'tooLarge' | 'notMusic' | 'film' | 'damaged'> {
  if (!(await songs.get(id))) {
    let bytes: Uint8Array;
    try {
      bytes = await download(ctx.api, file);
    } catch (error) {
      if (error instanceof FileTooLargeError) return 'tooLarge';
      throw error;
    }
    const music = musicFile(bytes);
    if ('problem' in music) return problems[music.problem];
    const { contentType } = music;
    const key = storageKey.song(id);
    await storage.put(key, bytes, contentType);
    const details = { ...(performer && { performer }), ...(duration !== undefined && { duration }) };
    await songs.put({ id, title, ...details, key, fileName, contentType, carol: false });
  }
  if (playable) await songs.rememberFileId(id, ctx.me.id, file.fileId);
  return 'kept';
}

async function tellOrAsk(
  { guests }: Services,
  ctx: BotContext,
  sent: SentSong,
  caption: string | undefined,
): Promise<unknown> {
  const title = songTitle(sent);
  const said = readName(caption ?? '');
  const named = 'name' in said ? await guests.named(said.name) : [];
  if (named.length === 1 && (await guests.setSong(named[0]!.id, sent.id))) {
    return ctx.reply(songsText.given(title, named[0]!.name));
  }
  const everybody = await guests.list();
  if (everybody.length === 0) return ctx.reply(songsText.noGuests(title));
  const keyboard = { reply_markup: guestChoices(named.length > 1 ? named : everybody, sent.id, 0) };
  if (!('name' in said)) return ctx.reply(songsText.whose(title), keyboard);
  const why = named.length > 1 ? songsText.severalCalled : songsText.nobodyCalled;
  return ctx.reply(why(title, said.name), keyboard);
}
