import { InlineKeyboard } from 'grammy';
import type { Arrival } from '../../party/arrivals/arrivals.ts';
import { type ArrivalPlace, noGuest } from '../../party/arrivals/mistakes.ts';
import { loggedId } from '../../party/arrivals/sightings.ts';
import type { Guest } from '../../party/guests/guests.ts';
import type { Song } from '../../party/songs/songs.ts';
import { onPage, pageOfChoices } from '../buttons.ts';
import { callbackData, idField, momentField, pageField } from '../callback-data.ts';
import { songTitle } from '../songs/songs.text.ts';
import { whyText } from '../why/why.text.ts';
import { arrivalButtonsText as text } from './arrivals.text.ts';

/**
 * Which arrival a button is about: `party` is when that started, `guest` as in {@link buttonId}, `time` the arrival's.
 */
const ofArrival = { party: momentField, guest: idField, time: momentField } as const;

/** What was seen, and the rule that decided. */
export const whyButton = callbackData('why', ofArrival);
/** It was somebody else. */
export const notGuestButton = callbackData('came:not', ofArrival);
/** Other songs are offered. */
export const anotherSongButton = callbackData('came:songs', { ...ofArrival, page: pageField });
/** One of them plays. */
export const playSongButton = callbackData('came:play', { ...ofArrival, songId: idField });
/** Who it was: a guest's id, or `noGuest`. */
export const whoWasButton = callbackData('came:was', { ...ofArrival, whoWas: idField });
/** Another page of those who it may have been. */
export const whoWasPageButton = callbackData('came:who', { ...ofArrival, page: pageField });

/** Which arrival, as it stands in a button. */
export interface PressedArrival {
  readonly party: number;
  readonly guest: string;
  readonly time: number;
}

/** A guest's id, or what stands for the name of one who was indexed by hand: a name need not fit into a button. */
export const buttonId = (guestId: string): string => loggedId(guestId).replace(':', '-');

/** The arrival as it stands in a button. */
export const pressed = ({ partyId, guestId, time }: ArrivalPlace): PressedArrival => ({
  party: Date.parse(partyId),
  guest: buttonId(guestId),
  time,
});

/** A party's id is when it started, as an ISO date. */
export const partyIdOf = ({ party }: Pick<PressedArrival, 'party'>): string => new Date(party).toISOString();

/** What can be done about an arrival, for hosts. */
export const arrivalActions = (arrival: Arrival): InlineKeyboard =>
  new InlineKeyboard()
    .text(text.anotherSong, anotherSongButton.write({ ...pressed(arrival), page: 0 }))
    .text(text.not(arrival.name), notGuestButton.write(pressed(arrival)))
    .text(whyText.button, whyButton.write(pressed(arrival)));

/**
 * Who was it?
 *
 * @param names of the guests who are still to come, by id
 * @param taken whom the arrival was taken for
 */
export function whoWasChoices(
  guests: readonly Guest[],
  names: ReadonlyMap<string, string>,
  { place, taken }: { readonly place: PressedArrival; readonly taken: Guest | undefined },
  page: number,
): InlineKeyboard {
  const first = guests.indexOf(onPage(guests, page)[0]!);
  const choices = guests.map(({ id: whoWas }, index) => ({
    // By its place on the page, as on the picture of that page's faces.
    label: text.numbered(index - first + 1, names.get(whoWas) ?? ''),
    data: whoWasButton.write({ ...place, whoWas }),
  }));
  const keyboard = pageOfChoices(choices, page, (turned) =>
    whoWasPageButton.write({ ...place, page: turned }),
  ).row();
  if (taken) keyboard.text(text.after(taken.name), whoWasButton.write({ ...place, whoWas: taken.id }));
  return keyboard.text(text.someoneElse, whoWasButton.write({ ...place, whoWas: noGuest }));
}

/** Which song instead? */
export const otherSongChoices = (
  songs: readonly Song[],
  place: PressedArrival,
  page: number,
): InlineKeyboard =>
  pageOfChoices(
    songs.map((song) => ({
      label: songTitle(song),
      data: playSongButton.write({ ...place, songId: song.id }),
    })),
    page,
    (turned) => anotherSongButton.write({ ...place, page: turned }),
  );
