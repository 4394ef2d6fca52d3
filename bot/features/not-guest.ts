import { Composer, InlineKeyboard } from 'grammy';
import { type Mistake, Mistakes } from '../../party/arrivals/mistakes.ts';
import {
  misleadingPhoto,
  sayWhoItWas,
  takeBackArrival,
  type WhoItWas,
} from '../../party/arrivals/take-back.ts';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import type { Services } from '../../party/services.ts';
import { arrivalButtonsText, arrivalsText as text } from '../arrivals/arrivals.text.ts';
import { notGuestButton, type PressedArrival, whoWasButton, whoWasPageButton } from '../arrivals/buttons.ts';
import { findPressed } from '../arrivals/find-pressed.ts';
import { whoWasQuestion } from '../arrivals/who-was-question.ts';
import { askForPicture } from '../ask-for-picture.ts';
import { acknowledge, expire, overwrite, turnPage } from '../buttons.ts';
import { onPress, type Press } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { dropPhotoButton, movePhotoButton } from '../guests/buttons.ts';
import { deleteQuietly, writeOver } from '../write-over.ts';

/**
 * *Not Anna* under an arrival: it is taken back where it was announced, and whoever pressed is asked in private who it
 * was.
 */
export function notGuest(services: Services, dispatcher: Dispatcher): Composer<BotContext> {
  const { table } = services;
  const composer = new Composer<BotContext>();
  const mistakes = new Mistakes(table);

  composer.use(
    onPress(notGuestButton, async (ctx, place) => {
      const found = await findPressed(services, place);
      if (!found) return expire(ctx, text.gone);
      const taken = await takeBackArrival(services, found);
      if (taken.outcome === 'gone') return expire(ctx, text.gone);
      if (taken.outcome === 'too early') return acknowledge(ctx, text.tooEarly);
      const { mistake, isOn } = taken;
      await showTakenBack(ctx, mistake);
      if (!(await mistakes.ask(mistake, ctx.from.id))) return acknowledge(ctx, text.askedAnother);
      await acknowledge(ctx, ctx.chatId === ctx.from.id ? undefined : text.seePrivate);
      if (mistake.whoWas !== undefined) return;
      if (isOn) await askWho(ctx, mistake);
      else await ctx.api.sendMessage(ctx.from.id, text.partyOver(mistake.name));
    }),
  );

  composer.use(
    onPress(whoWasPageButton, async (ctx, { page, ...place }) => {
      const mistake = await mistakeOf(place);
      if (!mistake) return expire(ctx, text.gone);
      await turnPage(ctx, (await whoWasQuestion(services, mistake, page)).keyboard);
      await putFaces(ctx, mistake, ctx.msg?.message_id, page);
    }),
  );

  composer.use(
    onPress(whoWasButton, async (ctx, { whoWas, ...place }) => {
      const mistake = await mistakeOf(place);
      const said = mistake && (await sayWhoItWas(services, dispatcher, mistake, whoWas));
      if (!said || said.outcome === 'gone') return expire(ctx, text.gone);
      if (said.outcome === 'settled before') return expire(ctx, text.settledBefore);
      await acknowledge(ctx);
      const { told, keyboard } = await settledAs(said);
      await overwrite(ctx, told, keyboard);
    }),
  );

  async function showTakenBack(ctx: Press, mistake: Mistake): Promise<void> {
    const { chatId, toldIn = chatId, messageId, pictureId, name } = mistake;
    if (messageId !== undefined)
      await writeOver(ctx.api, { chatId: toldIn, messageId }, text.takenBack(name));
    // The name is written on it.
    if (pictureId !== undefined) await deleteQuietly(ctx.api, { chatId: toldIn, messageId: pictureId });
  }

  async function askWho(ctx: Press, mistake: Mistake): Promise<void> {
    const { told, keyboard } = await whoWasQuestion(services, mistake, 0);
    const { message_id: messageId } = await ctx.api.sendMessage(ctx.from.id, told, {
      reply_markup: keyboard,
    });
    await putFaces(ctx, mistake, messageId, 0);
  }

  async function putFaces(
    ctx: Press,
    { partyId, guestId, time }: Mistake,
    messageId: number | undefined,
    page: number,
  ): Promise<void> {
    if (messageId === undefined) return;
    const place = { chatId: ctx.from.id, messageId };
    await askForPicture(services, { job: 'who-was', ...place, partyId, guestId, time, page });
  }

  async function mistakeOf(place: PressedArrival): Promise<Mistake | undefined> {
    const found = await findPressed(services, place);
    return found && mistakes.get(found);
  }

  /** What is said then, and what can be done about the photo that misled. */
  async function settledAs({ mistake, guest, isAnnounced }: Extract<WhoItWas, { outcome: 'settled' }>) {
    if (guest?.id === mistake.guestId) return { told: text.itWasAfterAll(guest.name) };
    const itWas = isAnnounced ? text.itWas : text.itWasOver;
    const who = guest ? itWas(guest.name) : text.noGuest;
    const misled = await misleadingPhoto(services, mistake);
    if (!misled) return { told: who };
    const photo = { guestId: mistake.guestId, photoId: misled.photo.photoId };
    const keyboard = new InlineKeyboard();
    if (guest) {
      const move = movePhotoButton.write({ ...photo, toId: guest.id });
      keyboard.text(arrivalButtonsText.photoIsOf(guest.name), move).row();
    }
    keyboard.text(arrivalButtonsText.dropPhoto, dropPhotoButton.write(photo));
    return { told: `${who}\n${text.misled(mistake.name, misled.number, misled.photos)}`, keyboard };
  }

  return composer;
}
