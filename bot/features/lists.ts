import { Composer, type InlineKeyboard } from 'grammy';
import { distinctNames } from '../../party/guests/guests.ts';
import { findSongLosses } from '../../party/losses/losses.ts';
import type { Services } from '../../party/services.ts';
import { turnPage } from '../buttons.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import {
  guestListChoices,
  guestListPageButton,
  songListChoices,
  songListPageButton,
} from '../songs/buttons.ts';
import { songsText, songTitle } from '../songs/songs.text.ts';
import { inMessages } from '../wording.ts';

/** `/guests` and `/songs`. */
export function lists(services: Services): Composer<BotContext> {
  const { guests, songs } = services;
  const composer = new Composer<BotContext>();

  composer.command('guests', async (ctx) => {
    const [everybody, all] = await Promise.all([guests.list(), songs.list()]);
    if (everybody.length === 0) return ctx.reply(songsText.nobodyInvited);
    const titles = new Map(all.map((song) => [song.id, songTitle(song)]));
    const photos = await Promise.all(everybody.map(({ id }) => guests.photos(id)));
    const names = distinctNames(everybody);
    const lines = everybody.map(({ id, songId }, index) =>
      songsText.guestLine(names.get(id)!, photos[index]!.length, songId && titles.get(songId)),
    );
    if (all.length === 0) return say(ctx, [songsText.invited(everybody.length), ...lines]);
    return say(
      ctx,
      [songsText.invited(everybody.length), ...lines, songsText.pressGuest],
      guestListChoices(everybody, 0),
    );
  });

  composer.use(
    onPress(guestListPageButton, async (ctx, { page }) => {
      await turnPage(ctx, guestListChoices(await guests.list(), page));
    }),
  );

  composer.command('songs', async (ctx) => {
    const [all, carols, everybody, losses] = await Promise.all([
      songs.list(),
      songs.carols(),
      guests.list(),
      findSongLosses(services),
    ]);
    const gone = new Set(losses.songs.map(({ song }) => song.id));
    const about = carols.length > 0 ? [songsText.carols(carols.length)] : [];
    if (all.length === 0) return say(ctx, [songsText.noSongs, ...about]);
    const names = distinctNames(everybody);
    const lines = all.map((song) => {
      const whose = everybody.filter(({ songId }) => songId === song.id).map(({ id }) => names.get(id)!);
      return songsText.songLine(songTitle(song), whose) + (gone.has(song.id) ? songsText.songGone : '');
    });
    if (everybody.length === 0) return say(ctx, [...lines, ...about]);
    return say(ctx, [...lines, ...about, songsText.pressSong], songListChoices(all, 0));
  });

  composer.use(
    onPress(songListPageButton, async (ctx, { page }) => {
      await turnPage(ctx, songListChoices(await songs.list(), page));
    }),
  );

  return composer;
}

/** However long the list is; the buttons go under its end. */
async function say(ctx: BotContext, lines: readonly string[], keyboard?: InlineKeyboard): Promise<void> {
  const messages = inMessages(lines);
  for (const [index, message] of messages.entries()) {
    const last = index === messages.length - 1;
    await ctx.reply(message, last && keyboard ? { reply_markup: keyboard } : {});
  }
}
