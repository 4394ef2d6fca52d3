import { type Api, GrammyError } from 'grammy';
import { replyWithSnapshot } from '../bot/snapshot.ts';
import type { Arrival } from '../party/arrivals/arrivals.ts';
import { loggedId } from '../party/arrivals/sightings.ts';
import { minute } from '../party/clock.ts';
import { loggable } from '../party/loggable.ts';
import { createServices, type Services } from '../party/services.ts';
import { type PictureJob, pictureJob } from '../party/stores/pictures-function.ts';
import { storageKey } from '../party/stores/storage-key.ts';
import { buildApi } from './bot-api.ts';
import { drawArrival } from './drawing/arrival-picture.ts';
import { type Entry, entry } from './entry.ts';

/** Longer than the sending of a picture may take (20 s). */
const replyLease = minute;

/** Work on pictures, which no message waits for. */
export type PicturesHandler = (event: unknown) => Promise<void>;

/** Builds the handler from what it needs. */
export function createPictures(services: Services, api: Api): PicturesHandler {
  return async (event) => snapshot(services, api, pictureJob.parse(event));
}

/**
 * The camera's picture of an arrival: kept in the bucket as it came, and sent once as a reply to the arrival's
 * message, with the guest marked in it.
 */
async function snapshot(services: Services, api: Api, { partyId, guestId }: PictureJob): Promise<void> {
  const { arrivals, claims, recognition, storage, config, log, now } = services;
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
  const reply = { pk: `PARTY#${partyId}`, sk: `snapshot#${guestId}` };
  const claimed = await claims.claim(reply, replyLease);
  if (claimed.outcome === 'done') return;
  if (claimed.outcome === 'in progress') {
    throw new Error(`The picture of ${loggedId(guestId)} is being sent by another; Lambda tries again.`);
  }
  try {
    const drawn = await drawnIfPossible(services, arrival, jpeg);
    await replyWithSnapshot(api, { ...arrival, messageId: arrival.messageId }, drawn);
  } catch (error) {
    // Refused, so surely not sent: the next try need not wait for the lease.
    if (error instanceof GrammyError) await claims.giveBack(reply, now());
    throw error;
  }
  await claims.done(reply);
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
  createPictures(services, (await buildApi(services)).api),
);
