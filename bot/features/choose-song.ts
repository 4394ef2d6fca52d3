import { Composer } from 'grammy';
import { distinctNames } from '../../party/guests/guests.ts';
import type { Services } from '../../party/services.ts';
import { acknowledge, overwrite, turnPage } from '../buttons.ts';
import type { BotContext } from '../context.ts';
import { guestChoices, songChoices } from '../songs/buttons.ts';
import { songsText, songTitle } from '../songs/songs.text.ts';

/** The buttons that give a song to a guest: from the song's side and from the guest's. */
export function chooseSong({ guests, songs }: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const nameOf = async (guestId: string): Promise<string> =>
    distinctNames(await guests.list()).get(guestId) ?? '';

  composer.callbackQuery(/^song:to:(\w+):([\w-]+)$/, async (ctx) => {
    const [, songId = '', guestId = ''] = ctx.match;
    const song = await songs.get(songId);
    const guest = song && (await guests.setSong(guestId, songId));
    if (!guest) return acknowledge(ctx, songsText.gone);
    await acknowledge(ctx);
    await overwrite(ctx, songsText.given(songTitle(song), await nameOf(guest.id)));
  });

  composer.callbackQuery(/^song:choose:(\w+)$/, async (ctx) => {
    const songId = ctx.match[1]!;
    const [song, everybody] = await Promise.all([songs.get(songId), guests.list()]);
    if (!song || everybody.length === 0) return acknowledge(ctx, songsText.gone);
    await acknowledge(ctx);
    await ctx.reply(songsText.whoseAgain(songTitle(song)), {
      reply_markup: guestChoices(everybody, songId, 0),
    });
  });

  composer.callbackQuery(/^song:guests:(\w+):(\d+)$/, async (ctx) => {
    const [, songId = '', page] = ctx.match;
    await turnPage(ctx, guestChoices(await guests.list(), songId, Number(page)));
  });

  composer.callbackQuery(/^guest:choose:([\w-]+)$/, async (ctx) => {
    const guestId = ctx.match[1]!;
    const [guest, all] = await Promise.all([guests.get(guestId), songs.list()]);
    if (!guest || all.length === 0) return acknowledge(ctx, songsText.gone);
    await acknowledge(ctx);
    await ctx.reply(songsText.which(await nameOf(guestId)), { reply_markup: songChoices(all, guestId, 0) });
  });

  composer.callbackQuery(/^guest:songs:([\w-]+):(\d+)$/, async (ctx) => {
    const [, guestId = '', page] = ctx.match;
    await turnPage(ctx, songChoices(await songs.list(), guestId, Number(page)));
  });

  return composer;
}
