import { Composer } from 'grammy';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import type { Services } from '../../party/services.ts';
import {
  facesTogether,
  noteCard,
  readCard,
  sentTogether,
  showCards,
} from '../../party/unknown-faces/cards.ts';
import { type UnknownFace, UnknownFaces, type WhoItIs } from '../../party/unknown-faces/unknown-faces.ts';
import { arriveAs, sayWhoItIs } from '../../party/unknown-faces/who-it-is.ts';
import { askForPicture } from '../ask-for-picture.ts';
import { acknowledge, expire, turnPage } from '../buttons.ts';
import { onPress, type Press } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import { timesOf } from '../times.ts';
import {
  askAgainButton,
  faceOf,
  guestsPageButton,
  ignoreButton,
  isGuestButton,
  livesHereButton,
  newGuestButton,
  openCardButton,
  type PressedFace,
} from '../unknown-faces/buttons.ts';
import { showCard, showTogether, wasSettled } from '../unknown-faces/card.ts';
import { createCardSender } from '../unknown-faces/card-sender.ts';
import { faceNameQuestions } from '../unknown-faces/name-question.ts';
import { unknownFacesText as text } from '../unknown-faces/unknown-faces.text.ts';
import { writeOver } from '../write-over.ts';

/** The buttons of a card about an unknown face, as long as nobody has said who it is. */
export function whoIsIt(services: Services, dispatcher: Dispatcher): Composer<BotContext> {
  const { table, guests, now } = services;
  const unknown = new UnknownFaces(table);
  const composer = new Composer<BotContext>();

  composer.use(
    onPress(isGuestButton, async (ctx, { guestId, ...place }) => {
      const guest = await guests.get(guestId);
      if (!guest) return acknowledge(ctx, text.guestGone);
      const face = await settle(ctx, place, { is: 'guest', guestId, by: 'host' });
      if (!face) return;
      await acknowledge(ctx);
      await arriveAs(services, dispatcher, face, guest);
      await show(ctx, face);
    }),
  );

  composer.use(
    onPress(ignoreButton, async (ctx, place) => {
      const face = await settle(ctx, place, { is: 'ignored', by: 'host' });
      if (!face) return;
      await acknowledge(ctx);
      await show(ctx, face);
    }),
  );

  composer.use(
    onPress(askAgainButton, async (ctx, place) => {
      const face = (await unknown.askAgain(faceOf(place))) ?? (await unknown.get(faceOf(place)));
      if (!face) return expire(ctx, text.gone);
      await acknowledge(ctx);
      await show(ctx, face);
    }),
  );

  composer.use(
    onPress(guestsPageButton, async (ctx, { page, ...place }) => {
      const face = await unknown.get(faceOf(place));
      if (!face) return expire(ctx, text.gone);
      if (face.is !== undefined) return showSettled(ctx, face);
      const card = await readCard(services, face);
      const { clock } = await timesOf(services);
      const { keyboard } = showCard(card, { now: now(), clock, page });
      if (keyboard) await turnPage(ctx, keyboard);
      await putFaces(ctx.from.id, ctx.msg?.message_id, face, page);
    }),
  );

  for (const [button, livesHere] of [
    [newGuestButton, false],
    [livesHereButton, true],
  ] as const) {
    composer.use(
      onPress(button, async (ctx, place) => {
        const face = await unknown.get(faceOf(place));
        if (!face) return expire(ctx, text.gone);
        if (face.is !== undefined) return showSettled(ctx, face);
        await acknowledge(ctx);
        const question = livesHere ? text.askWhoLivesHere : text.askName;
        const { message_id: messageId } = await ctx.reply(question, { reply_markup: { force_reply: true } });
        await faceNameQuestions(services).ask(askerOf(ctx), { face: faceOf(place), livesHere, messageId });
      }),
    );
  }

  composer.use(
    onPress(openCardButton, async (ctx, place) => {
      const face = await unknown.get(faceOf(place));
      if (!face) return expire(ctx, text.gone);
      if (face.is !== undefined) return acknowledge(ctx, wasSettled(face));
      await acknowledge(ctx);
      const { askWhoItIs } = createCardSender(services, ctx.api);
      const messageId = await askWhoItIs({ chatId: ctx.from.id }, await readCard(services, face));
      await noteCard(table, face, { chatId: ctx.from.id, messageId });
      await putFaces(ctx.from.id, messageId, face, 0);
    }),
  );

  /** @returns the face, when it is this answer that counts */
  async function settle(ctx: Press, place: PressedFace, who: WhoItIs): Promise<UnknownFace | undefined> {
    const said = await sayWhoItIs(services, faceOf(place), who);
    if (said.outcome === 'settled') return said.face;
    if (said.outcome === 'gone') await expire(ctx, text.gone);
    else await showSettled(ctx, said.face);
    return undefined;
  }

  /** Another was quicker, or the recognition. */
  async function showSettled(ctx: Press, face: UnknownFace): Promise<void> {
    await acknowledge(ctx, wasSettled(face));
    await show(ctx, face);
  }

  /** On all hosts' cards. */
  async function show(ctx: Press, face: UnknownFace): Promise<void> {
    await showCards(services, createCardSender(services, ctx.api), face);
    if (face.isInDigest) await showTogetherAgain(ctx, face.partyId);
  }

  async function showTogetherAgain(ctx: Press, partyId: string): Promise<void> {
    const { told, keyboard } = showTogether(await facesTogether(services, partyId));
    for (const sent of await sentTogether(table, partyId)) await writeOver(ctx.api, sent, told, keyboard);
    await askForPicture(services, { job: 'more-unknown', partyId });
  }

  async function putFaces(
    chatId: number,
    messageId: number | undefined,
    { partyId, id: unknownId }: UnknownFace,
    page: number,
  ): Promise<void> {
    if (messageId === undefined) return;
    await askForPicture(services, { job: 'who-is', chatId, messageId, partyId, unknownId, page });
  }

  return composer;
}
