import type { Arrival } from '../arrivals/arrivals.ts';
import type { Cost } from '../costs/cost.ts';
import { distinctNames, invitedOf } from '../guests/guests.ts';
import type { Services } from '../services.ts';
import type { Song } from '../songs/songs.ts';
import { type Gap, gapsBetween } from './gaps.ts';
import { type Party, watchedUntil } from './party.ts';

/** Why a party ends: somebody asked for it, or its time is over. */
export type EndReason = 'asked' | 'time is over';

/** Who reads a recap: the host, or all who are in the party's group. */
export type Audience = 'host' | 'guests';

/** A guest who came. */
export interface RecapGuest {
  /** Two guests of one name are told apart in it. */
  readonly name: string;
  /** When the guest was seen, milliseconds since 1970. */
  readonly time: number;
  /** The song that was played. */
  readonly song?: Pick<Song, 'title' | 'performer'> & Partial<Pick<Song, 'carol'>>;
}

/** What there is to say of a party that is over. Times are milliseconds since 1970. */
export interface Recap {
  readonly audience: Audience;
  readonly reason: EndReason;
  readonly startedAt: number;
  readonly endedAt: number;
  /** In the order in which they came. */
  readonly came: readonly RecapGuest[];
  /** The names of the guests who were not seen. */
  readonly missed: readonly string[];
  /** When nobody watched: those who were not seen may have come then. */
  readonly gaps: readonly Gap[];
  /** What it cost; absent where nobody is charged, and for the guests. */
  readonly cost?: Cost;
}

/** What a recap needs of the services. */
export type RecapServices = Pick<Services, 'arrivals' | 'guests' | 'songs' | 'gaps'> &
  Partial<Pick<Services, 'costs'>>;

/** Looks up what there is to say of a party that is over at `party.endsAt`. */
export async function readRecap(
  services: RecapServices,
  party: Party,
  reason: EndReason,
  audience: Audience = 'host',
): Promise<Recap> {
  const { songs, gaps } = services;
  const { id, startedAt, endsAt: endedAt } = party;
  const [{ came, missed }, kept] = await Promise.all([readGuests(services, party), gaps.list(id)]);
  const cost = audience === 'host' ? await services.costs?.of(party, endedAt, came.length) : undefined;
  return {
    audience,
    reason,
    startedAt,
    endedAt,
    came: await Promise.all(
      came.map(async ({ name, time, songId }) => {
        const song = songId === undefined ? undefined : await songs.get(songId);
        return { name, time, ...(song && { song: titleOf(song) }) };
      }),
    ),
    missed,
    // The last is one that is not over at the end, and so was not reported yet.
    gaps: [
      ...kept.map(({ from, to }) => ({ from, to })),
      ...gapsBetween([Math.min(watchedUntil(party), endedAt), endedAt]),
    ],
    ...(cost && { cost }),
  };
}

/** Who came to a party, and who did not. */
export interface PartyGuests {
  /** In the order in which they came, by the names that tell two of one name apart. */
  readonly came: readonly Arrival[];
  /** The names of those who were not seen. */
  readonly missed: readonly string[];
}

/** Looks up who came to a party that is over at `party.endsAt`. Who was invited later was not missed. */
export async function readGuests(
  { arrivals, guests }: Pick<RecapServices, 'arrivals' | 'guests'>,
  { id, endsAt }: Party,
): Promise<PartyGuests> {
  const [came, everybody] = await Promise.all([arrivals.list(id), guests.list()]);
  const names = distinctNames(everybody);
  const seen = new Set(came.map(({ guestId }) => guestId));
  return {
    came: came.map((arrival) => ({ ...arrival, name: names.get(arrival.guestId) ?? arrival.name })),
    missed: invitedOf(everybody)
      .filter((guest) => !seen.has(guest.id) && guest.addedAt <= endsAt)
      .map((guest) => names.get(guest.id)!),
  };
}

const titleOf = ({ title, performer, carol }: Song): NonNullable<RecapGuest['song']> => ({
  title,
  carol,
  ...(performer !== undefined && { performer }),
});
