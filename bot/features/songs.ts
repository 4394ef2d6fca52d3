import { Composer } from 'grammy';
import type { Services } from '../../party/services.ts';
import { acknowledge, expire, overwrite, takeButtons } from '../buttons.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import {
  carolListPageButton,
  listenButton,
  openSongButton,
  removeSongButton,
  renameSongButton,
  restoreSongButton,
  songListPageButton,
  songNameBackButton,
  undoRemoval,
  undoRename,
} from '../songs/buttons.ts';
import { showGone } from '../songs/gone-song.ts';
import { carolList, songCard, songList, whoHas } from '../songs/song-list.ts';
import { songName } from '../songs/song-name.ts';
import { songQuestions } from '../songs/song-question.ts';
import { createSongSender } from '../songs/song-sender.ts';
import { songTitle, songsText as text } from '../songs/songs.text.ts';

/** `/songs`, and what can be done to each: it is heard, renamed, removed. */
export function songs(services: Services): Composer<BotContext> {
  const { now } = services;
  const composer = new Composer<BotContext>();
  const questions = songQuestions(services);

  composer.command('songs', async (ctx) => {
    const { told, keyboard } = await songList(services, 0);
    await ctx.reply(told, keyboard && { reply_markup: keyboard });
  });

  composer.use(
    onPress(songListPageButton, async (ctx, { page }) => {
      await acknowledge(ctx);
      const { told, keyboard } = await songList(services, page);
      await overwrite(ctx, told, keyboard);
    }),
  );

  composer.use(
    onPress(carolListPageButton, async (ctx, { page }) => {
      await acknowledge(ctx);
      const { told, keyboard } = await carolList(services, page);
      await overwrite(ctx, told, keyboard);
    }),
  );

  composer.use(
    onPress(openSongButton, async (ctx, { songId }) => {
      const card = await songCard(services, songId);
      if (!card) return acknowledge(ctx, text.gone);
      await acknowledge(ctx);
      await overwrite(ctx, card.told, card.keyboard);
    }),
  );

  composer.use(
    onPress(listenButton, async (ctx, { songId }) => {
      const song = await services.songs.get(songId);
      if (!song) return acknowledge(ctx, text.gone);
      await acknowledge(ctx);
      await ctx.replyWithChatAction('upload_voice');
      const sendSong = createSongSender(services, ctx.api, ctx.me.id);
      if (!(await sendSong(ctx.chatId!, song))) await ctx.reply(text.cannotPlay);
    }),
  );

  composer.use(
    onPress(renameSongButton, async (ctx, { songId }) => {
      const song = await services.songs.get(songId);
      if (!song) return showGone(services, ctx, songId);
      await acknowledge(ctx);
      const { message_id: messageId } = await ctx.reply(text.newName(songTitle(song)), {
        reply_markup: { force_reply: true, selective: true },
      });
      await questions.ask(askerOf(ctx), { asks: 'name', songId, messageId });
    }),
  );

  // Only a reply is a name: whatever else is written meanwhile is not about the song.
  composer.on('message:text').filter(
    ({ msg }) => msg.reply_to_message !== undefined && !msg.text.startsWith('/'),
    async (ctx, next) => {
      const asker = askerOf(ctx);
      const question = await questions.get(asker);
      if (question?.asks !== 'name' || question.messageId !== ctx.msg.reply_to_message?.message_id)
        return next();
      if (!(await questions.settle(asker, question))) return;
      const renamed = await services.songs.rename(question.songId, songName(ctx.msg.text));
      if (!renamed) return ctx.reply(text.gone);
      await ctx.reply(text.renamed(songTitle(renamed)), { reply_markup: undoRename(renamed.id) });
    },
  );

  composer.use(
    onPress(songNameBackButton, async (ctx, { songId }) => {
      const song = await services.songs.nameBack(songId);
      if (!song) return expire(ctx, text.gone);
      await acknowledge(ctx);
      await overwrite(ctx, text.renamedBack(songTitle(song)));
    }),
  );

  composer.use(
    onPress(removeSongButton, async (ctx, { songId }) => {
      const removed = await services.songs.remove(songId, now());
      if (!removed) return showGone(services, ctx, songId);
      await acknowledge(ctx);
      const who = whoHas(removed, await services.guests.list());
      await overwrite(ctx, text.removed(songTitle(removed), who), undoRemoval(songId));
    }),
  );

  composer.use(
    onPress(restoreSongButton, async (ctx, { songId }) => {
      const restored = await services.songs.restore(songId);
      if (!restored) return expire(ctx, text.gone);
      await acknowledge(ctx);
      const who = whoHas(restored, await services.guests.list());
      await overwrite(ctx, text.restored(songTitle(restored), who));
    }),
  );

  return composer;
}

/** Withdraws what was asked about a song. @returns whether anything was */
export async function cancelSongQuestion(services: Services, ctx: BotContext): Promise<boolean> {
  const questions = songQuestions(services);
  const question = await questions.get(askerOf(ctx));
  if (!question || !(await questions.settle(askerOf(ctx), question))) return false;
  if (question.asks === 'whose') await takeButtons(ctx, question.messageId);
  return true;
}
