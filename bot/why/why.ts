import type { Arrival } from '../../party/arrivals/arrivals.ts';
import { guestName } from '../../party/arrivals/guest-name.ts';
import { type Look, Looks } from '../../party/arrivals/looks.ts';
import { misleadingPhoto } from '../../party/arrivals/take-back.ts';
import type { Guest } from '../../party/guests/guests.ts';
import type { Party } from '../../party/parties/party.ts';
import type { Services } from '../../party/services.ts';
import { timesOf } from '../times.ts';
import { whyText as text } from './why.text.ts';

type WhyServices = Pick<Services, 'arrivals' | 'guests' | 'people' | 'table' | 'rules' | 'settings' | 'now'>;

/** Why a guest was announced at a party, or was not: what was seen of them, and the rule that decided. */
export async function whyLines(
  services: WhyServices,
  party: Pick<Party, 'id'>,
  guestId: string,
  name: string,
): Promise<string[]> {
  const { arrivals, table, now, rules } = services;
  const { clock, exactClock } = await timesOf(services);
  const looks = new Looks(table, now);
  const [arrival, seen] = await Promise.all([arrivals.get(party.id, guestId), looks.of(party.id, guestId)]);
  const line = async ({ time, similarity = 0, box, verdict, orPerson }: Look): Promise<string> => {
    const or = orPerson?.kind === 'guest' ? await guestName(services.guests, orPerson.id) : undefined;
    return text.look(exactClock(time), similarity, box.height, verdict, or);
  };
  const guest = await services.guests.get(guestId);
  const cares = guest ? await careOf(services, guest, name) : undefined;
  const linesOf = (all: readonly Look[]): Promise<string[]> => Promise.all(all.map(line));

  if (arrival) {
    const { similarity, time } = arrival;
    if (similarity === undefined) return [text.byHand(name, clock(time))];
    return [
      text.came(name, clock(time)),
      ...(await linesOf(decisive(arrival, seen?.recent))),
      ...(cares
        ? [text.often(sightingsOf(arrival), rules), cares]
        : [similarity >= rules.certain ? text.certain(rules) : text.twice(sightingsOf(arrival), rules)]),
      ...(await misled(services, arrival)),
    ];
  }
  if (guest?.livesHere) return [text.livesHere(name)];
  if (seen) {
    const others = seen.recent.filter(({ time }) => time !== seen.best.time).slice(-2);
    return [
      text.notCome(name),
      ...(await linesOf([seen.best, ...others])),
      ...(cares ? [text.needsMore(rules), cares] : [text.needs(rules)]),
      text.advice[seen.best.verdict],
    ];
  }
  const last = await looks.latest(party.id);
  const height = Math.max(0, ...(last?.faces ?? []).map(({ box }) => box.height));
  const photos = await services.guests.photos(guestId);
  return [
    text.nothing(name),
    last ? text.lastFace(exactClock(last.time), height) : text.noFace,
    ...(photos.some(({ faceIds }) => faceIds.length > 0) ? [] : [text.noPhoto(name)]),
  ];
}

/** Why a guest takes more to be named; undefined for most. */
async function careOf(
  { guests }: Pick<Services, 'guests'>,
  { isChild, looksLike = [] }: Guest,
  name: string,
): Promise<string | undefined> {
  if (isChild) return text.isChild(name);
  const others = await Promise.all(looksLike.map((id) => guests.get(id)));
  const names = others.flatMap((other) => other?.name ?? []);
  return looksLike.length > 0 ? text.looksLike(name, names) : undefined;
}

/** The looks that led to an arrival; where they were not kept, the arrival itself is one. */
function decisive({ time, similarity, box }: Arrival, looks: readonly Look[] = []): Look[] {
  const led = looks.filter(
    (look) => look.verdict === 'counts' && Math.abs(look.time - time) <= decidedWithin,
  );
  if (led.length > 0 || !box || similarity === undefined) return led;
  return [{ time, similarity, box, verdict: 'counts' }];
}

/**
 * What was seen later had no part in it, and what was seen long before is of an arrival that was taken back.
 * Milliseconds.
 */
const decidedWithin = 5_000;

const sightingsOf = (arrival: Arrival): number =>
  Math.max(2, (arrival as { readonly seen?: ReadonlySet<number> }).seen?.size ?? 0);

async function misled(services: WhyServices, arrival: Arrival): Promise<string[]> {
  const found = await misleadingPhoto(services, arrival);
  return found ? [text.misled(found.number, found.photos)] : [];
}
