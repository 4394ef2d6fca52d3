import { Composer } from 'grammy';
import type { Guest } from '../../party/guests/guests.ts';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import type { Services } from '../../party/services.ts';
import { giveSong } from '../../party/songs/give-song.ts';
import { showCards } from '../../party/unknown-faces/cards.ts';
import { type UnknownFace, UnknownFaces } from '../../party/unknown-faces/unknown-faces.ts';
import { arriveAs, keepFace } from '../../party/unknown-faces/who-it-is.ts';
import { acknowledge, expire, overwrite, turnPage } from '../buttons.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { songTitle } from '../songs/songs.text.ts';
import {
  aCarol,
  arrivalSongChoices,
  faceOf,
  keepButton,
  offButton,
  onButton,
  onChoice,
  type PressedFace,
  songButton,
  songsPageButton,
} from '../unknown-faces/buttons.ts';
import { createCardSender } from '../unknown-faces/card-sender.ts';
import { unknownFacesText as text } from '../unknown-faces/unknown-faces.text.ts';

/**
 * What follows the answer who an unknown face is: a new guest's song, and whether the face is kept. And no more
 * questions.
 */
export function namedFace(services: Services, dispatcher: Dispatcher): Composer<BotContext> {
  const { table, guests, songs, settings } = services;
  const unknown = new UnknownFaces(table);
  const composer = new Composer<BotContext>();

  composer.use(
    onPress(songsPageButton, async (ctx, { page, ...place }) => {
      await turnPage(ctx, arrivalSongChoices(await songs.list(), place, page));
    }),
  );

  composer.use(
    onPress(songButton, async (ctx, { songId, ...place }) => {
      const named = await namedGuest(place);
      if (!named) return expire(ctx, text.gone);
      const { face, guest } = named;
      await acknowledge(ctx);
      const given = songId === aCarol ? undefined : await giveSong(services, { songId, guestId: guest.id });
      const isBefore = (await arriveAs(services, dispatcher, face, guest)) === 'before';
      const song = given?.outcome === 'given' ? songTitle(given.song) : undefined;
      await overwrite(
        ctx,
        song === undefined
          ? text.announcedWithCarol(guest.name)
          : isBefore
            ? text.announcedBefore(guest.name, song)
            : text.announced(guest.name, song),
      );
    }),
  );

  composer.use(
    onPress(keepButton, async (ctx, place) => {
      const named = await namedGuest(place);
      if (!named) return expire(ctx, text.gone);
      if (!(await keepFace(services, named.face, named.guest))) return expire(ctx, text.notKept);
      await acknowledge(ctx);
      await showCards(services, createCardSender(services, ctx.api), { ...named.face, kept: true });
    }),
  );

  composer.use(
    onPress(offButton, async (ctx) => {
      await settings.change({ unknownFaces: false });
      await acknowledge(ctx);
      await ctx.reply(text.off, { reply_markup: onChoice() });
    }),
  );

  composer.use(
    onPress(onButton, async (ctx) => {
      await settings.change({ unknownFaces: true });
      await acknowledge(ctx);
      await overwrite(ctx, text.on);
    }),
  );

  async function namedGuest(
    place: PressedFace,
  ): Promise<{ readonly face: UnknownFace; readonly guest: Guest } | undefined> {
    const face = await unknown.get(faceOf(place));
    const guest = face?.guestId === undefined ? undefined : await guests.get(face.guestId);
    return face && guest && { face, guest };
  }

  return composer;
}
