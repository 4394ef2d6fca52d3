import type { Guest, Photo } from '../guests/guests.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import type { Services } from '../services.ts';
import type { Arrival } from './arrivals.ts';
import { arriveByHand } from './arrive-by-hand.ts';
import { type ArrivalPlace, type Mistake, Mistakes, noGuest } from './mistakes.ts';
import { externalPrefix } from './sightings.ts';

type TakeBackServices = Pick<Services, 'arrivals' | 'parties' | 'people' | 'guests' | 'table'>;

/** What came of taking an arrival back. */
export type TakenBack =
  /** Now, or before. `isOn`: is its party? */
  | { readonly outcome: 'taken back'; readonly mistake: Mistake; readonly isOn: boolean }
  /** Its message is just being sent. */
  | { readonly outcome: 'too early' }
  /** It is not known. */
  | { readonly outcome: 'gone' };

/**
 * Takes an arrival back: it was somebody else. The guest has not come then and can still arrive; the faces that misled do
 * no more (`mistaken-faces.ts`). Safe to repeat, also by several at once.
 */
export async function takeBackArrival(services: TakeBackServices, place: ArrivalPlace): Promise<TakenBack> {
  const { arrivals, parties, table } = services;
  const { partyId, guestId, time } = place;
  const mistakes = new Mistakes(table);
  const [arrival, on] = await Promise.all([arrivals.get(partyId, guestId), parties.on()]);
  const isOn = on?.id === partyId;
  if (arrival?.time !== time) {
    const mistake = await mistakes.get(place);
    return mistake ? { outcome: 'taken back', mistake, isOn } : { outcome: 'gone' };
  }
  if (arrival.claim !== 'done') return { outcome: 'too early' };
  const mistake = await mistakes.keep(withoutClaim(arrival));
  await distrust(services, mistake);
  // Before the guest can arrive again: whoever sees them must know of the faces that misled.
  const correction = await parties.correct({ id: partyId });
  await arrivals.takeBack(arrival, correction ?? Number.MAX_SAFE_INTEGER);
  return { outcome: 'taken back', mistake, isOn };
}

/** What came of saying who it was. */
export type WhoItWas =
  /** @property guest undefined when it was no guest @property isAnnounced whether that guest arrived now */
  | {
      readonly outcome: 'settled';
      readonly mistake: Mistake;
      readonly guest: Guest | undefined;
      readonly isAnnounced: boolean;
    }
  /** Somebody has said another name. */
  | { readonly outcome: 'settled before'; readonly mistake: Mistake }
  /** Nothing is known of it, or that guest is no longer one. */
  | { readonly outcome: 'gone' };

/**
 * Says who it was in an arrival that was taken back. That guest arrives instead; when it was the same guest after all,
 * the faces are trusted again.
 *
 * @param whoWas a guest's id, or `noGuest`
 */
export async function sayWhoItWas(
  services: TakeBackServices,
  dispatcher: Pick<Dispatcher, 'send'>,
  place: ArrivalPlace,
  whoWas: string,
): Promise<WhoItWas> {
  const { guests, parties, table } = services;
  const mistakes = new Mistakes(table);
  const mistake = await mistakes.get(place);
  const guest = whoWas === noGuest ? undefined : await guests.get(whoWas);
  if (!mistake || (whoWas !== noGuest && !guest)) return { outcome: 'gone' };
  if (!(await mistakes.settle(place, whoWas)))
    return { outcome: 'settled before', mistake: (await mistakes.get(place)) ?? mistake };
  if (whoWas === mistake.guestId) await trust(services, mistake);
  else if (guest) await distrust(services, mistake, guest.id);
  const party = await parties.on();
  const isAnnounced = guest !== undefined && party?.id === mistake.partyId;
  if (isAnnounced) {
    const { time, box } = mistake;
    await arriveByHand(dispatcher, party, guest, { time, ...(box && { box }) });
  }
  return { outcome: 'settled', mistake, guest, isAnnounced };
}

/** The photo that misled most, with its number among the guest's; undefined when it is not there any more. */
export async function misleadingPhoto(
  { guests }: Pick<Services, 'guests'>,
  { guestId, like: [worst] = [] }: Pick<Mistake, 'guestId' | 'like'>,
): Promise<{ readonly photo: Photo; readonly number: number; readonly photos: number } | undefined> {
  const photos = await guests.photos(guestId);
  const index = photos.findIndex(({ faceIds }) => worst !== undefined && faceIds.includes(worst.faceId));
  return index < 0 ? undefined : { photo: photos[index]!, number: index + 1, photos: photos.length };
}

/** The guest's faces that looked like somebody else count no more where they did so. */
async function distrust(
  { people }: Pick<Services, 'people'>,
  { guestId, like = [] }: Mistake,
  whoWas?: string,
): Promise<void> {
  const owner = { kind: 'guest', id: guestId } as const;
  // A face that was indexed by hand has no owner in the table, and so nothing that this could be noted on.
  const owned = guestId.startsWith(externalPrefix)
    ? await people.owners(like.map(({ faceId }) => faceId))
    : undefined;
  for (const { faceId, similarity: at } of like) {
    if (owned && !owned.has(faceId)) await people.assign(faceId, owner);
    await people.mistook(faceId, owner, { at, ...(whoWas !== undefined && { whoWas }) });
  }
}

/** It was no mistake. */
async function trust({ people }: Pick<Services, 'people'>, { guestId, like = [] }: Mistake): Promise<void> {
  const owners = await people.owners(like.map(({ faceId }) => faceId));
  for (const [faceId, { kind, id }] of owners) if (id === guestId) await people.assign(faceId, { kind, id });
}

/** How far its message was is nothing of the mistake. */
function withoutClaim({
  claim,
  holder,
  leaseEnds,
  attempts,
  ...arrival
}: NonNullable<Awaited<ReturnType<Services['arrivals']['get']>>>): Arrival {
  return arrival;
}
