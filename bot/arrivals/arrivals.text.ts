import { shownName as n } from '../names.ts';
import { count } from '../wording.ts';

/** What stands on the buttons under an arrival, and on those that follow. */
export const arrivalButtonsText = {
  anotherSong: 'Another song',
  not: (name: string): string => `Not ${n(name)}`,
  numbered: (number: number, name: string): string => `${number} · ${n(name)}`,
  after: (name: string): string => `It is ${n(name)}`,
  someoneElse: 'Someone else',
  photoIsOf: (name: string): string => `That photo is of ${n(name)}`,
  dropPhoto: 'Drop that photo',
} as const;

/** What people read about arrivals that a host puts right. */
export const arrivalsText = {
  /** In place of the arrival, where it was announced. */
  takenBack: (name: string): string => `That wasn’t ${n(name)}, sorry!`,
  whoWasIt: (name: string, toCome: number): string =>
    toCome > 0
      ? `Sorry, that wasn’t ${n(name)}. Who is it?`
      : `Sorry, that wasn’t ${n(name)}. Everyone else is here already.`,
  partyOver: (name: string): string =>
    `Noted: that wasn’t ${n(name)}. The party’s over, so I announce nobody else.`,
  seePrivate: 'I’ve sent you a message in our private chat.',
  askedAnother: 'Someone else is on it already.',
  tooEarly: 'One moment: I’m just playing it. Press again.',
  gone: 'I don’t know that arrival any more.',
  settledBefore: 'Someone has said who it was already.',

  itWas: (name: string): string => `Got it, it’s ${n(name)}!`,
  itWasOver: (name: string): string => `Got it, it was ${n(name)}.`,
  itWasAfterAll: (name: string): string => `OK, it is ${n(name)} after all.`,
  noGuest: 'Got it, someone else.',
  /** @param photos how many the guest has */
  misled: (name: string, number: number, photos: number): string =>
    photos === 1
      ? `The only photo of ${n(name)} misled me. It won’t again, but I may miss ${n(name)} now: send me another one, taken closer up.`
      : `Photo ${number} of ${count(photos, 'photo')} of ${n(name)} misled me. It won’t again.`,

  whichInstead: (name: string): string => `Which song for ${n(name)}?`,
  noSongs: 'I have no other song. Send me one!',
  caption: (name: string): string => `Another song for ${n(name)}`,
  played: (title: string, name: string): string => `Now it’s “${title}” for ${n(name)}, and next time too.`,
  playedCarol: (title: string, name: string): string => `Now it’s “${title}” for ${n(name)}.`,
  cannotPlay: 'I can’t play that one here. Pick another.',
} as const;
