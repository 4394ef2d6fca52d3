import { type Api, GrammyError } from 'grammy';
import { replyWithSnapshot } from '../bot/snapshot.ts';
import { minute } from '../party/clock.ts';
import { type PictureJob, pictureJob } from '../party/pictures.ts';
import type { Services } from '../party/services.ts';
import { loggedId } from '../party/sightings.ts';
import { storageKey } from '../party/storage.ts';
import { type Entry, entry } from './entry.ts';
import { buildApi } from './surroundings.ts';

/** Longer than the sending of a picture may take (20 s). */
const replyLease = minute;

/** Work on pictures, which no message waits for. */
export type PicturesHandler = (event: unknown) => Promise<void>;

/** Builds the handler from what it needs. */
export function createPictures(services: Services, api: Api): PicturesHandler {
  return async (event) => snapshot(services, api, pictureJob.parse(event));
}

/** The camera's picture of an arrival, kept in the bucket and sent as a reply to the arrival's message, once. */
async function snapshot(services: Services, api: Api, { partyId, guestId }: PictureJob): Promise<void> {
  const { arrivals, claims, recognition, storage, log, now } = services;
  const arrival = await arrivals.get(partyId, guestId);
  if (arrival?.messageId === undefined) {
    throw new Error(`The arrival of ${loggedId(guestId)} has no message yet; Lambda tries again.`);
  }
  const jpeg = await recognition.picture(arrival.time);
  if (!jpeg) {
    log.warn('The camera has no picture of an arrival', { partyId, guestId: loggedId(guestId) });
    return;
  }
  await storage.put(storageKey.snapshot(arrival.time), jpeg, 'image/jpeg');
  const reply = { pk: `PARTY#${partyId}`, sk: `snapshot#${guestId}` };
  const claimed = await claims.claim(reply, replyLease);
  if (claimed.outcome === 'done') return;
  if (claimed.outcome === 'in progress') {
    throw new Error(`The picture of ${loggedId(guestId)} is being sent by another; Lambda tries again.`);
  }
  try {
    await replyWithSnapshot(api, { ...arrival, messageId: arrival.messageId }, jpeg);
  } catch (error) {
    // Refused, so surely not sent: the next try need not wait for the lease.
    if (error instanceof GrammyError) await claims.giveBack(reply, now());
    throw error;
  }
  await claims.done(reply);
}

/** Lambda's entry: invoked asynchronously. */
export const handler: Entry<unknown, void> = entry('pictures', async (services) =>
  createPictures(services, (await buildApi(services)).api),
);
