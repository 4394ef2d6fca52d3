import type { InlineKeyboard } from 'grammy';
import { minute } from '../../party/clock.ts';
import { distinctNames, invitedOf } from '../../party/guests/guests.ts';
import { findLosses } from '../../party/losses/losses.ts';
import { doorNow } from '../../party/parties/door.ts';
import { type Party, watchedUntil } from '../../party/parties/party.ts';
import { CameraTrouble } from '../../party/recognition/camera-trouble.ts';
import type { RecognitionStatus } from '../../party/recognition/recognition.ts';
import type { Services } from '../../party/services.ts';
import { pageOfChoices } from '../buttons.ts';
import { costText } from '../cost.text.ts';
import { partyText } from '../features/party.text.ts';
import { lossLines } from '../losses.text.ts';
import { songTitle } from '../songs/songs.text.ts';
import { type PartyTimes, timesOf } from '../times.ts';
import { isHereButton, statusPageButton } from './buttons.ts';
import { statusText as text } from './status.text.ts';

/** A clock that was set back by less is no trouble to anybody. */
const clockNoticed = minute / 2;

/** What `/status` says, with a button for each guest who is still to come. */
export interface Status {
  readonly lines: readonly string[];
  readonly keyboard?: InlineKeyboard;
}

/**
 * How things are now: the door, the party, who is here and who is still to come.
 *
 * @param where the party's chat, when it is another than the one that is told
 * @param page of those still to come, from 0
 */
export async function statusNow(
  services: Services,
  on: Party | undefined,
  where: string | undefined,
  page: number,
): Promise<Status> {
  const { guests, recognition, config, clockAhead } = services;
  const [times, state, everybody, losses, trouble] = await Promise.all([
    timesOf(services),
    recognition.status(),
    guests.list(),
    findLosses(services),
    // In a party, the recognition says it.
    on ? undefined : new CameraTrouble(services.table).read(),
  ]);
  const watching = [
    ...doorLines(times, on, state, services.now()),
    ...(trouble === undefined ? [] : [trouble]),
    ...(state.pulse ? partyText.producer(state.pulse) : []),
    ...(clockAhead() >= clockNoticed ? [partyText.clockAhead(clockAhead())] : []),
    ...lossLines(losses, config.REPAIR_COMMAND),
  ];
  const invited = invitedOf(everybody);
  if (!on) return { lines: [partyText.noParty, ...watching, partyText.invited(invited.length)] };
  const { clock } = times;
  const arrived = await services.arrivals.list(on.id);
  const cost = await services.costs?.of(on, services.now(), arrived.length, state.pulse);
  const names = distinctNames(everybody);
  const here = new Set(arrived.map(({ guestId }) => guestId));
  const toCome = invited.filter(({ id }) => !here.has(id));
  const titles = new Map((await services.songs.list()).map((song) => [song.id, songTitle(song)]));
  const choices = toCome.map(({ id }) => ({
    label: text.isHere(names.get(id)!),
    data: isHereButton.write({ party: Date.parse(on.id), guestId: id }),
  }));
  const turnTo = (turned: number): string =>
    statusPageButton.write({ party: Date.parse(on.id), page: turned });
  return {
    lines: [
      partyText.on(where, clock(on.startedAt), clock(on.endsAt)),
      partyText.arrived(arrived.length, here.size + toCome.length),
      ...watching,
      // Before the lists, of which a message may not take all.
      ...(cost ? [costText.soFar(cost)] : []),
      ...arrived.map(({ guestId, name, time, songId }) =>
        text.here(clock(time), names.get(guestId) ?? name, songId && titles.get(songId)),
      ),
      ...(toCome.length > 0 ? [text.toCome(toCome.map(({ id }) => names.get(id)!))] : []),
    ],
    ...(toCome.length > 0 && { keyboard: pageOfChoices(choices, page, turnTo) }),
  };
}

/** Never that the door is watched when no picture of it comes. */
function doorLines(
  { exactClock }: PartyTimes,
  on: Party | undefined,
  state: RecognitionStatus,
  now: number,
): string[] {
  const door = doorNow(on, state, now);
  if (state.state !== 'on') {
    const isSeen = !on || door.state === 'seen' || door.state === 'waiting';
    return [
      partyText.recognition(state),
      ...(isSeen ? [] : [partyText.notWatched(exactClock(watchedUntil(on)))]),
    ];
  }
  const but = state.message === undefined ? [] : [text.but(state.message)];
  if (door.state === 'silent') return [partyText.notWatched(exactClock(door.since)), ...but];
  const isUnseen = door.state === 'waiting' || door.state === 'none yet';
  if (isUnseen && state.message !== undefined) return [text.notSeen(state.message)];
  return [text.door[door.state], ...but];
}
