import type { ArrivalServices } from '../arrival-services.ts';
import type { Arrival } from '../arrivals/arrivals.ts';
import { portraitAmong, screenId } from '../door-screen/screen-arrivals.ts';
import { OvertakenError } from '../errors.ts';
import type { Deliver } from '../outbox/deliveries.ts';
import type { Message, Place } from '../outbox/message.ts';
import { partyPartition } from '../parties/party.ts';
import { type ArrivalSongServices, songOfArrival } from '../songs/song-of-arrival.ts';
import type { ArrivalDocument } from './arrival-document.ts';
import { pausesFor } from './arrival-webhook.ts';

/** Where arrivals are posted to has a place of its own in the outbox, with its own pace: no chat has this id. */
const webhookPlace: Place = { chatId: 0 };

type WebhookItem = Pick<Arrival, 'partyId' | 'guestId' | 'time'>;

/** What posting an arrival needs of the services. */
export type WebhookServices = ArrivalSongServices &
  Pick<ArrivalServices, 'arrivalWebhook' | 'destinations' | 'now'>;

/** An arrival as it is posted, once; beside its message in the chat, and whatever becomes of that. */
export function webhookMessage({ partyId, guestId, time }: WebhookItem): Message {
  // With its time: a guest whose arrival was taken back can arrive again.
  const key = { pk: partyPartition(partyId), sk: `webhook#${guestId}#${time}` };
  const details = { partyId, guestId, time } satisfies WebhookItem;
  return { kind: 'webhook', key, place: webhookPlace, time, details };
}

/** Posts an arrival. After a failure, whatever it was, nothing is posted for a while, so that no guest waits for it. */
export function deliverWebhook(services: WebhookServices): Deliver {
  const { arrivals, destinations, arrivalWebhook, now } = services;
  return async ({ partyId, guestId, time }: WebhookItem, { chatId }) => {
    const webhook = await arrivalWebhook();
    if (!webhook) throw new OvertakenError('There is no ARRIVAL_WEBHOOK any more.');
    const arrival = await arrivals.get(partyId, guestId);
    if (arrival?.time !== time) throw new OvertakenError('The arrival was taken back.');
    const document = await documentOf(services, arrival, webhook.addresses);
    try {
      await webhook.receiver.post(document.id, document);
    } catch (error) {
      await destinations.hold(chatId, now() + pausesFor);
      throw error;
    }
  };
}

/** The same whenever it is tried, but for the addresses, which are good for some minutes from then on. */
async function documentOf(
  services: ArrivalSongServices,
  arrival: Arrival,
  addresses: { of(key: string): Promise<string> },
): Promise<ArrivalDocument> {
  const { partyId, guestId, name, time } = arrival;
  const [song, photos] = await Promise.all([
    songOfArrival(services, arrival),
    services.guests.photos(guestId),
  ]);
  const photo = portraitAmong(photos);
  return {
    type: 'arrival',
    id: screenId(arrival),
    time: new Date(time).toISOString(),
    party: partyId,
    guest: { id: guestId, name },
    ...(song && {
      song: {
        title: song.title,
        ...(song.performer && { performer: song.performer }),
        contentType: song.contentType,
        url: await addresses.of(song.key),
      },
    }),
    ...(photo && {
      picture: { url: await addresses.of(photo.key), ...(photo.box && { face: photo.box }) },
    }),
  };
}
