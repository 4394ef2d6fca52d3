import type { Api } from 'grammy';
import { minute } from '../party/clock.ts';
import { RecognitionError } from '../party/errors.ts';
import { distinctNames } from '../party/guests/guests.ts';
import { loggable } from '../party/loggable.ts';
import { gapsBetween } from '../party/parties/gaps.ts';
import type { Party } from '../party/parties/parties.ts';
import { watchedUntil } from '../party/parties/watch.ts';
import type { Services } from '../party/services.ts';
import { endText, type WhyEnded } from './end-party.text.ts';
import { songTitle } from './songs/songs.text.ts';
import { partyTimes } from './times.ts';
import { inMessages } from './wording.ts';

/** Longer than any Lambda that ends a party can live (55 s). */
const recapLease = minute;

/**
 * Ends a party: nobody arrives from now on, the recognition stops, and the party's chat is told who came. Safe
 * to repeat, also by several at once: one of them tells and ends it. The party goes last, so that whoever comes
 * after a sudden end finds what is still to be told.
 *
 * @returns true for the call that ended it
 * @throws RecognitionError when the recognition does not stop. The party's time is over then, and it is kept
 * until a later call succeeds: the tick makes one every minute.
 */
export async function endParty(services: Services, api: Api, party: Party, why: WhyEnded): Promise<boolean> {
  const { parties, recognition, claims, log, now } = services;
  const endedAt = Math.min(party.endsAt, now());
  if (party.endsAt > endedAt) await parties.extend(party, endedAt);
  // Claimed before the recognition takes its seconds to stop: the host asked, whatever a tick finds meanwhile.
  const recapKey = { pk: `PARTY#${party.id}`, sk: 'recap' };
  const claimed = await claims.claim<{ why: WhyEnded }>(recapKey, recapLease, { why });
  if (claimed.outcome === 'in progress') return false;
  try {
    await recognition.stop();
  } catch (error) {
    await claims.giveBack(recapKey, now());
    if (
      error instanceof RecognitionError &&
      why === 'time is over' &&
      (await parties.tellOnce(party, 'runs on'))
    ) {
      await tell(services, api, party, [endText.recognitionRuns(error.message)]);
    }
    throw error;
  }
  if (claimed.outcome === 'claimed') {
    await tell(services, api, party, await recap(services, party, endedAt, claimed.item.why));
    await claims.done(recapKey);
  }
  const ended = await parties.end({ ...party, endsAt: endedAt });
  if (ended) log.info('The party ended', { partyId: party.id, why });
  return ended;
}

async function recap(services: Services, party: Party, endedAt: number, why: WhyEnded): Promise<string[]> {
  const { arrivals, guests, songs, config } = services;
  const { clock } = partyTimes(config.PARTY_TZ);
  const [came, invited] = await Promise.all([arrivals.list(party.id), guests.list()]);
  const played = await Promise.all(
    came.map(({ songId }) => (songId === undefined ? undefined : songs.get(songId))),
  );
  const names = distinctNames(invited);
  const seen = new Set(came.map(({ guestId }) => guestId));
  const missing = invited.filter(({ id }) => !seen.has(id)).map(({ id }) => names.get(id)!);
  return [
    endText.over(why, clock(party.startedAt), clock(endedAt)),
    came.length === 0 ? endText.nobodyCame : endText.came(came.length, came.length + missing.length),
    ...came.map(({ time, guestId, name }, index) => {
      const song = played[index];
      return endText.arrival(clock(time), names.get(guestId) ?? name, song && songTitle(song));
    }),
    ...(missing.length > 0 ? [endText.notSeen, ...missing.map(endText.missing)] : []),
    ...(await notWatched(services, party, endedAt)),
    endText.thanks,
  ];
}

/** Who was not seen may have come when nobody watched. What is missing at the end nobody was told of yet. */
async function notWatched({ gaps, config }: Services, party: Party, endedAt: number): Promise<string[]> {
  const { exactClock } = partyTimes(config.PARTY_TZ);
  const all = [
    ...(await gaps.list(party.id)),
    ...gapsBetween([Math.min(watchedUntil(party), endedAt), endedAt]),
  ];
  const last = all.at(-1);
  if (!last) return [];
  const length = all.reduce((sum, { from, to }) => sum + to - from, 0);
  const minutes = Math.max(1, Math.round(length / minute));
  return [endText.notWatched(exactClock(last.from), exactClock(last.to), all.length, minutes)];
}

/** A chat that cannot be told keeps no party from ending. */
async function tell(
  { log }: Services,
  api: Api,
  { id, chatId }: Party,
  lines: readonly string[],
): Promise<void> {
  try {
    for (const message of inMessages(lines)) await api.sendMessage(chatId, message);
  } catch (error) {
    log.warn("the party's chat was not told", { partyId: id, ...loggable(error) });
  }
}
