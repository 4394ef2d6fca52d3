import type { ArrivalServices } from '../arrival-services.ts';
import type { Chat } from '../chat.ts';
import { minute } from '../clock.ts';
import { NotSentError, UnsendableError } from '../errors.ts';
import { loggable } from '../loggable.ts';
import { wasClaimed } from '../outbox/claim.ts';
import type { Deliver } from '../outbox/deliveries.ts';
import { type Message, placeAt, placeOf } from '../outbox/message.ts';
import { partyPartition } from '../parties/party.ts';
import { storageKey } from '../stores/storage-key.ts';
import type { Table } from '../stores/table.ts';
import type { Arrival } from './arrivals.ts';

/** Nobody makes a picture that nobody has made for so long: the camera's own is gone by then. */
const madeWithin = 10 * minute;

interface PictureItem {
  readonly partyId: string;
  readonly guestId: string;
  /** The picture as people are to see it is kept. */
  readonly drawn?: boolean;
}

/** The message with an arrival's picture. */
export function pictureMessage(arrival: Arrival): Message {
  const { partyId, guestId, time } = arrival;
  const place = placeOf(arrival);
  // With its time: a guest whose arrival was taken back can arrive again, and has another picture then.
  const key = { pk: partyPartition(partyId), sk: `snapshot#${guestId}#${time}` };
  return { kind: 'picture', key, place, time, details: { partyId, guestId } satisfies PictureItem };
}

/** Notes that the picture of a message that was tried is kept as people are to see it. One that is forgotten stays so. */
export async function pictureIsDrawn(table: Table, { key }: Message): Promise<void> {
  await table.update(key, 'SET #drawn = :drawn', { drawn: true }, wasClaimed);
}

/** The message, of which is known before it is tried that its picture is kept. */
export const drawnPicture = (message: Message): Message => ({
  ...message,
  details: { ...message.details, drawn: true },
});

/**
 * Sends an arrival's picture: the one in hand, or the one that was kept. If nobody has made it yet, it is asked for
 * again.
 */
export function deliverPicture(
  {
    arrivals,
    pictures,
    storage,
    now,
    log,
  }: Pick<ArrivalServices, 'arrivals' | 'pictures' | 'storage' | 'now' | 'log'>,
  chat: Pick<Chat, 'sendArrivalPicture'>,
): Deliver {
  return async ({ partyId, guestId, drawn }: PictureItem, place, { jpeg }) => {
    const arrival = await arrivals.get(partyId, guestId);
    if (!arrival) throw new UnsendableError('The arrival of this picture is not known.');
    const kept = jpeg ?? (drawn ? await storage.get(storageKey.drawnSnapshot(arrival)) : undefined);
    if (!kept) {
      if (arrival.time < now() - madeWithin) throw new UnsendableError('Nobody has made this picture.');
      await pictures.ask({ job: 'snapshot', partyId, guestId });
      throw new NotSentError('The picture is not made yet.', now() + minute);
    }
    const pictureId = await chat.sendArrivalPicture(placeAt(arrival, place), kept);
    await arrivals.pictured(arrival, pictureId).catch((error: unknown) => {
      log.warn('Where the picture of an arrival is was not kept', loggable(error));
    });
  };
}
