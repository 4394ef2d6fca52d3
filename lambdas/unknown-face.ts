import type { Api } from 'grammy';
import type { Chat } from '../party/chat.ts';
import type { Dispatcher } from '../party/outbox/dispatcher.ts';
import type { Services } from '../party/services.ts';
import type { PictureJobOf } from '../party/stores/pictures-function.ts';
import { storageKey } from '../party/stores/storage-key.ts';
import { askHosts } from '../party/unknown-faces/ask-hosts.ts';
import { CardLimits } from '../party/unknown-faces/card-limits.ts';
import { sentCards, showCards } from '../party/unknown-faces/cards.ts';
import { type Indexed, indexFace } from '../party/unknown-faces/index-face.ts';
import { type UnknownFace, UnknownFaces } from '../party/unknown-faces/unknown-faces.ts';
import { faceCrop } from './drawing/face-crop.ts';
import { showMoreUnknown, showWhoIs } from './unknown-face-pictures.ts';

/** What the cards are sent and written over with. */
export interface CardParts {
  readonly dispatcher: Pick<Dispatcher, 'send'>;
  readonly chat: Pick<Chat, 'showWhoItIs'>;
  readonly api: Api;
}

/**
 * Does for an unknown face what is still to be done, as things are: its picture is cut out and indexed, hosts are
 * asked, or their cards say who it is. Safe to repeat, and to break off.
 */
export async function handleUnknownFace(
  services: Services,
  { dispatcher, chat, api }: CardParts,
  { partyId, unknownId }: PictureJobOf<'unknown-face'>,
): Promise<void> {
  const { table, parties } = services;
  const unknown = new UnknownFaces(table);
  const which = { partyId, id: unknownId };
  const read = (): Promise<UnknownFace | undefined> => unknown.get(which);
  const noticed = await read();
  if (!noticed) return;
  if (noticed.is !== undefined) return showCards(services, chat, noticed);
  // One of a party that is over is the tick's to delete.
  if ((await parties.on())?.id !== partyId) return;
  if (!noticed.photo && (await indexed(services, noticed)) !== 'indexed') return;
  const face = await read();
  if (!face || face.is !== undefined) return;
  if (face.askedAt === undefined) {
    const asked = await askHosts(services, dispatcher, face);
    if (asked === 'together') return showMoreUnknown(services, api, partyId);
    if (asked !== 'asked') return;
  }
  for (const { chatId, messageId } of await sentCards(table, face))
    await showWhoIs(services, api, { job: 'who-is', chatId, messageId, partyId, unknownId, page: 0 });
  // It may have been found out while it was asked.
  const now = await read();
  if (now?.is !== undefined) await showCards(services, chat, now);
}

/** From the best look of which the camera has a picture, and whose picture will do. */
async function indexed(services: Services, face: UnknownFace): Promise<Indexed> {
  const { table, recognition, storage, log } = services;
  const unknown = new UnknownFaces(table);
  if (!(await new CardLimits(table, face.partyId).takeTry())) {
    await unknown.remove(face);
    return 'unusable';
  }
  // First: whatever is left behind from here on is found by the end of the party.
  await unknown.noteParty(face.partyId);
  const [best] = face.looks;
  const jpeg = best && (await recognition.picture(best.time, best.clock));
  if (!jpeg) {
    log.warn('The camera has no picture of an unknown face', { partyId: face.partyId });
    await unknown.remove(face);
    return 'unusable';
  }
  // Looking may take seconds, in which the party may end and be forgotten.
  if (!(await unknown.get(face))) return 'gone';
  const key = storageKey.unknownFace(face);
  await storage.put(key, await faceCrop(jpeg, best.box), 'image/jpeg');
  const outcome = await indexFace(services, face, { photoId: `unknown-${face.id}`, key });
  log.info('An unknown face', { partyId: face.partyId, outcome });
  return outcome;
}
