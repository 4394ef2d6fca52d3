import type { Arrival } from '../party/arrivals/arrivals.ts';
import { loggedId } from '../party/arrivals/sightings.ts';
import type { Chat } from '../party/chat.ts';
import { SendPendingError } from '../party/errors.ts';
import { loggable } from '../party/loggable.ts';
import { partyPartition } from '../party/parties/parties.ts';
import { createServices, type Services } from '../party/services.ts';
import { type PictureJob, pictureJob } from '../party/stores/pictures-function.ts';
import { storageKey } from '../party/stores/storage-key.ts';
import { buildChat } from './bot-api.ts';
import { drawArrival } from './drawing/arrival-picture.ts';
import { type Entry, entry } from './entry.ts';

type PicturesChat = Pick<Chat, 'sendArrivalPicture'>;

/** Work on pictures, which no message waits for. */
export type PicturesHandler = (event: unknown) => Promise<void>;

/** Builds the handler from what it needs. */
export function createPictures(services: Services, chat: PicturesChat): PicturesHandler {
  return async (event) => snapshot(services, chat, pictureJob.parse(event));
}

/**
 * The camera's picture of an arrival: kept in the bucket as it came, and sent once as a reply to the arrival's
 * message, with the guest marked in it.
 */
async function snapshot(
  services: Services,
  chat: PicturesChat,
  { partyId, guestId }: PictureJob,
): Promise<void> {
  const { arrivals, outbox, recognition, storage, config, log } = services;
  const arrival = await arrivals.get(partyId, guestId);
  if (arrival?.messageId === undefined) {
    throw new Error(`The arrival of ${loggedId(guestId)} has no message yet; Lambda tries again.`);
  }
  const jpeg = await recognition.picture(arrival.time);
  if (!jpeg) {
    log.warn('The camera has no picture of an arrival', { partyId, guestId: loggedId(guestId) });
    return;
  }
  // With images, the producer has put it there: that is where it came from.
  if (config.RECOGNITION !== 'images')
    await storage.put(storageKey.snapshot(arrival.time), jpeg, 'image/jpeg');
  const key = { pk: partyPartition(partyId), sk: `snapshot#${guestId}` };
  const delivery = await outbox.send(key, {}, async () =>
    chat.sendArrivalPicture(arrival, await drawnIfPossible(services, arrival, jpeg)),
  );
  if (delivery.outcome === 'in progress') {
    throw new SendPendingError(
      `The picture of ${loggedId(guestId)} is being sent by another, or waits for its next try; Lambda tries again.`,
    );
  }
  if ('error' in delivery) throw delivery.error;
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
export const handler: Entry<unknown, void> = entry('pictures', createServices, async (services) =>
  createPictures(services, await buildChat(services)),
);
