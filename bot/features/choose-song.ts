import { Composer } from 'grammy';
import { distinctNames, namesakes } from '../../party/guests/guests.ts';
import type { Services } from '../../party/services.ts';
import { giveCarol, giveSong, giveSongByName } from '../../party/songs/give-song.ts';
import { acknowledge, expire, overwrite, takeButtons, turnPage } from '../buttons.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import { readName } from '../names.ts';
import {
  chooseGuestButton,
  chooseSongButton,
  giveBackButton,
  giveCarolButton,
  giveSongButton,
  guestChoices,
  guestsPageButton,
  noSong,
  songChoices,
  songsPageButton,
  undoGift,
} from '../songs/buttons.ts';
import { showGone } from '../songs/gone-song.ts';
import { songQuestions } from '../songs/song-question.ts';
import { songsText, songTitle } from '../songs/songs.text.ts';

/** The buttons that give a song to a guest: from the song's side and from the guest's. */
export function chooseSong(services: Services): Composer<BotContext> {
  const { guests, songs } = services;
  const composer = new Composer<BotContext>();
  const questions = songQuestions(services);
  const nameOf = async (guestId: string): Promise<string> =>
    distinctNames(await guests.list()).get(guestId) ?? '';

  composer.use(
    onPress(giveSongButton, async (ctx, chosen) => {
      const given = await giveSong(services, chosen);
      if (given.outcome === 'gone') return acknowledge(ctx, songsText.gone);
      await acknowledge(ctx);
      await questions.settle(askerOf(ctx), { messageId: ctx.msg?.message_id ?? 0 });
      const { guest, song, before } = given;
      await overwrite(
        ctx,
        songsText.given(songTitle(song), await nameOf(guest.id)),
        undoGift(guest.id, before),
      );
    }),
  );

  composer.use(
    onPress(giveCarolButton, async (ctx, { guestId }) => {
      const given = await giveCarol(services, guestId);
      if (given.outcome === 'gone') return expire(ctx, songsText.gone);
      await acknowledge(ctx);
      await overwrite(ctx, songsText.carolGiven(await nameOf(guestId)), undoGift(guestId, given.before));
    }),
  );

  composer.use(
    onPress(giveBackButton, async (ctx, { guestId, songId }) => {
      const given =
        songId === noSong
          ? await giveCarol(services, guestId)
          : await giveSong(services, { songId, guestId });
      if (given.outcome === 'gone') return expire(ctx, songsText.gone);
      await acknowledge(ctx);
      const song = songId === noSong ? undefined : await songs.get(songId);
      const name = await nameOf(guestId);
      await overwrite(ctx, song ? songsText.given(songTitle(song), name) : songsText.carolGiven(name));
    }),
  );

  // A guest's name is the answer to whose a song is, if that was asked last. Any other words are not.
  composer.chatType('private').on('message:text', async (ctx, next) => {
    const asker = askerOf(ctx);
    const question = ctx.msg.text.startsWith('/') ? undefined : await questions.get(asker);
    if (question?.asks !== 'whose') return next();
    const song = await songs.get(question.songId);
    const said = readName(ctx.msg.text);
    if (!song || !('name' in said) || namesakes(said.name, await guests.list()).length !== 1) return next();
    if (!(await questions.settle(asker, question))) return;
    const found = await giveSongByName(services, song.id, said.name);
    if (found.whose !== 'guest') return next();
    await takeButtons(ctx, question.messageId);
    await ctx.reply(songsText.given(songTitle(song), found.guest.name), {
      reply_markup: undoGift(found.guest.id, found.guest.songId),
    });
  });

  composer.use(
    onPress(chooseGuestButton, async (ctx, { songId }) => {
      const [song, everybody] = await Promise.all([songs.get(songId), guests.list()]);
      if (!song) return showGone(services, ctx, songId);
      await acknowledge(ctx);
      if (everybody.length === 0) return ctx.reply(songsText.noGuests(songTitle(song)));
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
      if (!guest) return acknowledge(ctx, songsText.gone);
      if (all.length === 0) return acknowledge(ctx, songsText.noSongs);
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
