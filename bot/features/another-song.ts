import { Composer } from 'grammy';
import { loggable } from '../../party/loggable.ts';
import type { Services } from '../../party/services.ts';
import { giveSong } from '../../party/songs/give-song.ts';
import type { Song } from '../../party/songs/songs.ts';
import { arrivalsText as text } from '../arrivals/arrivals.text.ts';
import { anotherSongButton, otherSongChoices, playSongButton } from '../arrivals/buttons.ts';
import { findPressed } from '../arrivals/find-pressed.ts';
import { acknowledge, expire, overwrite, turnPage } from '../buttons.ts';
import { onPress, type Press } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { inTopic } from '../in-topic.ts';
import { NoMusicHereError } from '../music-refusal.ts';
import { replyTo } from '../reply-to.ts';
import { undoGift } from '../songs/buttons.ts';
import { createSongSender } from '../songs/song-sender.ts';
import { songTitle } from '../songs/songs.text.ts';

/**
 * *Another song* under an arrival: whoever pressed picks one in private, and it plays where the guest was announced. It
 * is the guest's from then on, unless it is a carol.
 */
export function anotherSong(services: Services): Composer<BotContext> {
  const { arrivals, songs, log } = services;
  const composer = new Composer<BotContext>();

  composer.use(
    onPress(anotherSongButton, async (ctx, { page, ...place }) => {
      const found = await findPressed(services, place);
      const arrival = found && (await arrivals.get(found.partyId, found.guestId));
      if (!arrival || arrival.time !== place.time) return expire(ctx, text.gone);
      const others = [...(await songs.list()), ...(await songs.carols())].filter(
        ({ id }) => id !== arrival.songId,
      );
      if (others.length === 0) return acknowledge(ctx, text.noSongs);
      const keyboard = otherSongChoices(others, place, page);
      if (!isUnderArrival(ctx, arrival)) return turnPage(ctx, keyboard);
      await acknowledge(ctx, ctx.chatId === ctx.from.id ? undefined : text.seePrivate);
      await ctx.api.sendMessage(ctx.from.id, text.whichInstead(arrival.name), { reply_markup: keyboard });
    }),
  );

  composer.use(
    onPress(playSongButton, async (ctx, { songId, ...place }) => {
      const found = await findPressed(services, place);
      const [arrival, song] = await Promise.all([
        found && arrivals.get(found.partyId, found.guestId),
        songs.get(songId),
      ]);
      if (!arrival || !song || arrival.time !== place.time) return expire(ctx, text.gone);
      if (!(await plays(ctx, arrival, song))) return acknowledge(ctx, text.cannotPlay);
      await acknowledge(ctx);
      await arrivals.keepSong(arrival, songId).catch((error: unknown) => {
        log.warn('The song of an arrival was not kept', loggable(error));
      });
      const title = songTitle(song);
      const given = song.carol ? undefined : await giveSong(services, { songId, guestId: arrival.guestId });
      if (given?.outcome !== 'given') return overwrite(ctx, text.playedCarol(title, arrival.name));
      await overwrite(ctx, text.played(title, arrival.name), undoGift(arrival.guestId, given.before));
    }),
  );

  /** @returns whether it is in the chat */
  async function plays(ctx: Press, arrival: ArrivalItem, song: Song): Promise<boolean> {
    const { chatId, toldIn = chatId, threadId, messageId, name } = arrival;
    const sendSong = createSongSender(services, ctx.api, ctx.me.id);
    const reply = messageId === undefined ? {} : replyTo({ messageId });
    const others = { ...(toldIn === chatId && inTopic(threadId)), ...reply, caption: text.caption(name) };
    try {
      return (await sendSong(toldIn, song, others)) !== undefined;
    } catch (error) {
      if (error instanceof NoMusicHereError) return false;
      throw error;
    }
  }

  return composer;
}

type ArrivalItem = NonNullable<Awaited<ReturnType<Services['arrivals']['get']>>>;

/** Whether the pressed button is under the arrival itself, and not under the songs to pick from. */
const isUnderArrival = (ctx: Press, { messageId, chatId, toldIn = chatId }: ArrivalItem): boolean =>
  ctx.msg?.message_id === messageId && ctx.chatId === toldIn;
