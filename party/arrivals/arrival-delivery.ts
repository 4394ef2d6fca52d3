import type { ArrivalServices } from '../arrival-services.ts';
import type { Chat } from '../chat.ts';
import { second } from '../clock.ts';
import { NotSentError } from '../errors.ts';
import { loggable } from '../loggable.ts';
import { timeArrival } from '../metrics.ts';
import type { Deliver, Fresh } from '../outbox/deliveries.ts';
import { type Place, placeAt } from '../outbox/message.ts';
import { sendLease } from '../outbox/outbox.ts';
import { type ArrivalSongServices, songOfArrival } from '../songs/song-of-arrival.ts';
import type { Song } from '../songs/songs.ts';
import type { Arrival } from './arrivals.ts';
import { pictureMessage } from './picture-delivery.ts';
import { loggedId } from './sightings.ts';

/** What announcing an arrival needs of the services. */
export type ArrivalDeliveryServices = Pick<
  ArrivalServices,
  'topic' | 'pictures' | 'outbox' | 'now' | 'log' | 'metrics'
> &
  ArrivalSongServices;

/**
 * Announces an arrival: its message is sent, then subscribers are notified and its picture is asked for. Whoever dies
 * on the way leaves it to the next who looks; the arrival says how far it came.
 *
 * @param post tells another program of the arrival, unless it was told: beside the chat, for neither waits for the other
 */
export function deliverArrival(
  services: ArrivalDeliveryServices,
  chat: Pick<Chat, 'announceArrival'>,
  post: (arrival: Arrival) => Promise<unknown> = async () => {},
): Deliver {
  return async (arrival: Arrival, place, fresh) => {
    // Before both, so that they tell of the same.
    const song = arrival.messageId === undefined ? await songOfArrival(services, arrival) : undefined;
    const tell = async (): Promise<void> => {
      // The message may be there already: then whoever sent it died before what follows.
      if (arrival.messageId === undefined) await send(services, chat, placeAt(arrival, place), song, fresh);
      await followUp(services, arrival);
    };
    // Both to their end: nothing may outlive the invocation.
    const [told, posted] = await Promise.allSettled([tell(), post(arrival)]);
    if (told.status === 'rejected') throw told.reason;
    if (posted.status === 'rejected') throw asOpen(posted.reason);
  };
}

/** Tells the names of several arrivals that had to wait, in one message. */
export function deliverNames(
  { metrics, now }: Pick<ArrivalServices, 'metrics' | 'now'>,
  chat: Pick<Chat, 'announceTogether'>,
): (arrivals: readonly Arrival[], place: Place) => Promise<void> {
  return async (arrivals, place) => {
    await chat.announceTogether(place, arrivals);
    for (const { time } of arrivals) timeArrival(metrics, { frame: time }, now());
  };
}

/** The message, and the mark that it is there: whoever claims next then does the rest, and only the rest. */
async function send(
  services: ArrivalDeliveryServices,
  chat: Pick<Chat, 'announceArrival'>,
  arrival: Arrival,
  song: Song | undefined,
  { straight }: Fresh,
): Promise<void> {
  const { arrivals, log, metrics, now } = services;
  const messageId = await chat.announceArrival(arrival, song);
  if (!arrival.named) timeArrival(metrics, { frame: arrival.time, ...(straight && { straight }) }, now());
  try {
    await arrivals.sent(arrival, messageId);
  } catch (error) {
    log.error(`The message is sent but not marked: it may come twice in ${sendLease / second} s`, {
      ...idsOf(arrival),
      ...loggable(error),
    });
    throw asOpen(error);
  }
}

/** What follows the message. None of it makes the message come again. */
async function followUp(services: ArrivalDeliveryServices, arrival: Arrival): Promise<void> {
  const { topic } = services;
  const outcomes = await Promise.allSettled([
    keptSong(services, arrival).then((song) => topic.publish(arrival, song)),
    // Whom no camera saw is in no picture.
    ...(arrival.box ? [leavePicture(services, arrival)] : []),
  ]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw asOpen(outcome.reason);
}

/** The picture is not lost from now on, and asked for. */
async function leavePicture(services: ArrivalDeliveryServices, arrival: Arrival): Promise<void> {
  await services.outbox.accept(pictureMessage(arrival));
  await askForPicture(services, arrival);
}

/** Whoever looks for pending messages asks again for a picture that nobody made. */
async function askForPicture(
  { pictures, log }: ArrivalDeliveryServices,
  { partyId, guestId }: Arrival,
): Promise<void> {
  try {
    await pictures.ask({ job: 'snapshot', partyId, guestId });
  } catch (error) {
    log.warn('A picture could not be asked for', { partyId, guestId: loggedId(guestId), ...loggable(error) });
  }
}

/** The song that was sent. */
async function keptSong({ arrivals, songs }: ArrivalDeliveryServices, { partyId, guestId }: Arrival) {
  const songId = (await arrivals.get(partyId, guestId))?.songId;
  return songId === undefined ? undefined : await songs.get(songId);
}

/** The message is in the chat, whatever this error says of other things that were sent. */
const asOpen = (error: unknown): unknown =>
  error instanceof NotSentError ? new Error('What follows an arrival failed', { cause: error }) : error;

/** What of an arrival may stand in a log. */
const idsOf = ({ partyId, guestId }: Arrival) => ({ partyId, guestId: loggedId(guestId) });
