import { type Api, InlineKeyboard } from 'grammy';
import { onPage } from '../bot/buttons.ts';
import { timesOf } from '../bot/times.ts';
import { mostTogether, showCard, showTogether } from '../bot/unknown-faces/card.ts';
import type { Services } from '../party/services.ts';
import type { PictureJobOf } from '../party/stores/pictures-function.ts';
import { facesTogether, readCard, sentTogether } from '../party/unknown-faces/cards.ts';
import { UnknownFaces } from '../party/unknown-faces/unknown-faces.ts';
import { drawContactSheet } from './drawing/contact-sheet.ts';
import { drawWhoIs } from './drawing/who-is-picture.ts';
import { guestFaces } from './guest-faces.ts';
import { putPicture } from './put-picture.ts';

type CardServices = Pick<Services, 'table' | 'guests' | 'arrivals' | 'storage' | 'settings' | 'now'>;

/** An unknown face, and those who it may be by their numbers, into its card. */
export async function showWhoIs(
  services: CardServices,
  api: Api,
  { chatId, messageId, partyId, unknownId, page }: PictureJobOf<'who-is'>,
): Promise<void> {
  const { table, storage, now } = services;
  const unknown = new UnknownFaces(table);
  const { clock } = await timesOf(services);
  const readNow = async () => {
    const face = await unknown.get({ partyId, id: unknownId });
    return face && (await readCard(services, face));
  };
  const card = await readNow();
  const file = card?.face.photo && (await storage.find(card.face.photo.key));
  if (!card || card.face.is !== undefined || !file) return;
  const guests = await guestFaces(services, onPage(card.toCome, page));
  const picture = await drawWhoIs({ file, box: card.face.photo!.box }, guests);
  await putPicture(
    api,
    chatId,
    picture,
    async () => {
      const open = await readNow();
      if (!open || open.face.is !== undefined) return undefined;
      const { told, keyboard = new InlineKeyboard() } = showCard(open, { now: now(), clock, page });
      return { messageId, text: told, keyboard };
    },
    async () => {
      const settled = await readNow();
      return showCard(settled ?? { ...card, isOver: true }, { now: now(), clock }).told;
    },
  );
}

/** The unknown faces that are told of together, by their numbers, into the messages that do. */
export async function showMoreUnknown(
  services: Pick<Services, 'table' | 'storage'>,
  api: Api,
  partyId: string,
): Promise<void> {
  const { table, storage } = services;
  const faces = (await facesTogether(services, partyId)).slice(-mostTogether);
  if (faces.length === 0) return;
  const sheet = await drawContactSheet(
    await Promise.all(
      faces.map(async ({ photo }) => ({ file: photo && (await storage.find(photo.key)), box: photo?.box })),
    ),
  );
  for (const { chatId, messageId } of await sentTogether(table, partyId)) {
    await putPicture(api, chatId, sheet, async () => {
      const open = await facesTogether(services, partyId);
      if (open.length === 0) return undefined;
      const { told, keyboard = new InlineKeyboard() } = showTogether(open);
      return { messageId, text: told, keyboard };
    });
  }
}
