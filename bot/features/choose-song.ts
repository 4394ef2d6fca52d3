import { Composer } from 'grammy';
import { distinctNames } from '../../party/guests/guests.ts';
import type { Services } from '../../party/services.ts';
import { giveSong } from '../../party/songs/give-song.ts';
import { acknowledge, overwrite, turnPage } from '../buttons.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import {
  chooseGuestButton,
  chooseSongButton,
  giveSongButton,
  guestChoices,
  guestsPageButton,
  songChoices,
  songsPageButton,
} from '../songs/buttons.ts';
import { songsText, songTitle } from '../songs/songs.text.ts';

/** The buttons that give a song to a guest: from the song's side and from the guest's. */
export function chooseSong(services: Services): Composer<BotContext> {
  const { guests, songs } = services;
  const composer = new Composer<BotContext>();
  const nameOf = async (guestId: string): Promise<string> =>
    distinctNames(await guests.list()).get(guestId) ?? '';

  composer.use(
    onPress(giveSongButton, async (ctx, chosen) => {
      const given = await giveSong(services, chosen);
      if (given.outcome === 'gone') return acknowledge(ctx, songsText.gone);
      await acknowledge(ctx);
      await overwrite(ctx, songsText.given(songTitle(given.song), await nameOf(given.guest.id)));
    }),
  );

  composer.use(
    onPress(chooseGuestButton, async (ctx, { songId }) => {
      const [song, everybody] = await Promise.all([songs.get(songId), guests.list()]);
      if (!song || everybody.length === 0) return acknowledge(ctx, songsText.gone);
      await acknowledge(ctx);
      await ctx.reply(songsText.whoseAgain(songTitle(song)), {
        reply_markup: guestChoices(everybody, songId, 0),
      });
    }),
  );

  composer.use(
    onPress(guestsPageButton, async (ctx, { songId, page }) => {
      await turnPage(ctx, guestChoices(await guests.list(), songId, page));
    }),
  );

  composer.use(
    onPress(chooseSongButton, async (ctx, { guestId }) => {
      const [guest, all] = await Promise.all([guests.get(guestId), songs.list()]);
      if (!guest || all.length === 0) return acknowledge(ctx, songsText.gone);
      await acknowledge(ctx);
      await ctx.reply(songsText.which(await nameOf(guestId)), { reply_markup: songChoices(all, guestId, 0) });
    }),
  );

  composer.use(
    onPress(songsPageButton, async (ctx, { guestId, page }) => {
      await turnPage(ctx, songChoices(await songs.list(), guestId, page));
    }),
  );

  return composer;
}
