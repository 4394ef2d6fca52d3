import type { Api } from 'grammy';
import { sendTimeout } from '../bot/chat.ts';
import type { Arrival } from '../party/arrivals/arrivals.ts';
import { drawnPicture, pictureIsDrawn, pictureMessage } from '../party/arrivals/picture-delivery.ts';
import { loggedId } from '../party/arrivals/sightings.ts';
import type { Chat } from '../party/chat.ts';
import { second } from '../party/clock.ts';
import { createDispatcher } from '../party/dispatch.ts';
import { loggable } from '../party/loggable.ts';
import type { Dispatcher } from '../party/outbox/dispatcher.ts';
import { type NoticeChat, noticesOf } from '../party/parties/notices.ts';
import { createServices, type Services } from '../party/services.ts';
import { type PictureJobOf, pictureJob } from '../party/stores/pictures-function.ts';
import { storageKey } from '../party/stores/storage-key.ts';
import { buildApi, buildChat } from './bot-api.ts';
import { showCamera } from './camera-picture.ts';
import { drawArrival } from './drawing/arrival-picture.ts';
import { type Entry, entry } from './entry.ts';
import { showGuestPhotos } from './guest-photos-picture.ts';
import { numberGroup, showLookAlikes, showWhoItMayHaveBeen } from './question-pictures.ts';
import { showRecap } from './recap-picture.ts';
import { handleUnknownFace } from './unknown-face.ts';
import { showMoreUnknown, showWhoIs } from './unknown-face-pictures.ts';

type PicturesChat = Pick<
  Chat,
  'sendArrivalPicture' | 'sendRecapPicture' | 'askWhoItIs' | 'showWhoItIs' | 'tellMoreUnknown'
> &
  NoticeChat;

/** How long pictures that waited are sent, in milliseconds; a chat that takes no more is waited for as long. */
const sendsPendingFor = 10 * second;

/** Work on pictures, which no message waits for. */
export type PicturesHandler = (event: unknown) => Promise<void>;

/** Builds the handler from what it needs. */
export function createPictures(services: Services, chat: PicturesChat, api: Api): PicturesHandler {
  const { sendArrivalPicture, sendRecapPicture, askWhoItIs, tellMoreUnknown } = chat;
  const says = { sendArrivalPicture, sendRecapPicture, askWhoItIs, tellMoreUnknown, ...noticesOf(chat) };
  // What nobody has made yet is the tick's to ask for.
  const dispatcher = createDispatcher({ ...services, pictures: { ask: async () => {} } }, says);
  return async (event) => {
    const job = pictureJob.parse(event);
    if (job.job === 'group') return numberGroup(services, api, job);
    if (job.job === 'look-alike') return showLookAlikes(services, api, job);
    if (job.job === 'contact-sheet') return showGuestPhotos(services, api, job);
    if (job.job === 'who-was') return showWhoItMayHaveBeen(services, api, job);
    if (job.job === 'unknown-face') return handleUnknownFace(services, { dispatcher, chat, api }, job);
    if (job.job === 'who-is') return showWhoIs(services, api, job);
    if (job.job === 'more-unknown') return showMoreUnknown(services, api, job.partyId);
    if (job.job === 'camera') return showCamera(services, api, job);
    const chatId =
      job.job === 'recap'
        ? await showRecap(services, dispatcher, api, job)
        : await snapshot(services, dispatcher, job);
    const until = services.now() + sendsPendingFor;
    if (chatId !== undefined) await dispatcher.sendPending({ until, waits: true, chatId });
  };
}

/**
 * The camera's picture of an arrival: kept in the bucket as it came, and sent once as a reply to the arrival's
 * message, with the guest marked in it. One that cannot be sent now is kept as it is to be seen, for whoever can.
 *
 * @returns the chat, if there is a picture
 * @throws Error for an arrival that nobody was told of yet: Lambda tries again
 */
async function snapshot(
  services: Services,
  dispatcher: Dispatcher,
  { partyId, guestId }: PictureJobOf<'snapshot'>,
): Promise<number | undefined> {
  const { arrivals, outbox, recognition, storage, table, config, log } = services;
  const arrival = await arrivals.get(partyId, guestId);
  // Taken back or forgotten meanwhile: nobody is to see it.
  if (!arrival) return undefined;
  if (arrival.messageId === undefined) {
    throw new Error(`The arrival of ${loggedId(guestId)} has no message yet; Lambda tries again.`);
  }
  const message = pictureMessage(arrival);
  const jpeg = await recognition.picture(arrival.time, arrival.clock);
  if (!jpeg) {
    log.warn('The camera has no picture of an arrival', { partyId, guestId: loggedId(guestId) });
    await outbox.drop(message);
    return undefined;
  }
  // With images, the producer has put it there: that is where it came from.
  if (config.RECOGNITION !== 'images')
    await storage.put(storageKey.snapshot(arrival.time), jpeg, 'image/jpeg');
  const drawn = await drawnIfPossible(services, arrival, jpeg);
  const keep = () => storage.put(storageKey.drawnSnapshot(arrival), drawn, 'image/jpeg');
  const isBehind = await dispatcher.isBehind(message.place);
  if (isBehind) await keep();
  const { outcome } = await dispatcher.send(isBehind ? drawnPicture(message) : message, { jpeg: drawn });
  if (!isBehind && (outcome === 'waits' || outcome === 'not sent' || outcome === 'perhaps sent')) {
    await keep();
    await pictureIsDrawn(table, message);
  }
  return arrival.chatId;
}

/** A picture that cannot be drawn on is sent as it came: it is still of the one who came. */
async function drawnIfPossible(
  { log }: Pick<Services, 'log'>,
  arrival: Arrival,
  jpeg: Uint8Array,
): Promise<Uint8Array> {
  try {
    return await drawArrival(jpeg, arrival);
  } catch (error) {
    const { partyId, guestId } = arrival;
    log.warn('A picture could not be drawn on', { partyId, guestId: loggedId(guestId), ...loggable(error) });
    return jpeg;
  }
}

/** Lambda's entry: invoked asynchronously. */
export const handler: Entry<unknown, void> = entry('pictures', createServices, async (services) => {
  const { api } = await buildApi(services);
  return createPictures(services, await buildChat(services, sendTimeout), api);
});
