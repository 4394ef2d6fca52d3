import { minute } from '../../party/clock.ts';
import type { Recap } from '../../party/parties/recap.ts';
import { costText } from '../cost.text.ts';
import { endText } from '../end-party.text.ts';
import { songTitle } from '../songs/songs.text.ts';
import type { PartyTimes } from '../times.ts';

/** What people read when a party is over, line by line. */
export function recapLines(recap: Recap, { clock, exactClock }: PartyTimes): string[] {
  const { audience, reason, startedAt, endedAt, came, missed, gaps, cost } = recap;
  const list = came.map(({ time, name, song }) =>
    endText.arrival(clock(time), name, song && songTitle(song)),
  );
  if (audience === 'guests')
    return [endText.over(reason, clock(startedAt), clock(endedAt)), ...list, endText.thankYou];
  return [
    endText.over(reason, clock(startedAt), clock(endedAt)),
    came.length === 0 ? endText.nobodyCame : endText.came(came.length, came.length + missed.length),
    ...list,
    // When nobody came, it is said already.
    ...(came.length > 0 && missed.length > 0 ? [endText.notSeen, ...missed.map(endText.missing)] : []),
    ...notWatched(gaps, exactClock),
    ...(cost ? [costText.inAll(cost)] : []),
    endText.thanks,
  ];
}

/** Who was not seen may have come when nobody watched. */
function notWatched(gaps: Recap['gaps'], exactClock: PartyTimes['exactClock']): string[] {
  const last = gaps.at(-1);
  if (!last) return [];
  const length = gaps.reduce((sum, { from, to }) => sum + to - from, 0);
  const minutes = Math.max(1, Math.round(length / minute));
  return [endText.notWatched(exactClock(last.from), exactClock(last.to), gaps.length, minutes)];
}
