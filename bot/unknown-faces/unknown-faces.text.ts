import { shownName as n } from '../names.ts';

/** What stands on the buttons of a card, and of what follows. */
export const cardButtonsText = {
  numbered: (number: number, name: string): string => `${number} · ${n(name)}`,
  newGuest: 'New guest',
  livesHere: 'Lives here',
  ignore: 'Ignore',
  off: 'Stop asking',
  on: 'Ask me again',
  keep: 'Keep this face for next time',
  carol: 'A carol',
} as const;

/** What hosts read about a face at the door that nobody has named. */
export const unknownFacesText = {
  whoIsIt: 'There’s someone at the door I don’t know. Who is it?',
  whoWasIt: (clock: string): string => `Someone I don’t know came at ${clock}. Who is it?`,

  itIs: (name: string): string => `Got it, it’s ${n(name)}!`,
  /** The recognition has found out by itself. */
  itIsAfterAll: (name: string): string => `Never mind, it’s ${n(name)}.`,
  livesHere: (name: string): string =>
    `Got it, ${n(name)} lives here. I keep this face, so I’ll know ${n(name)}, and I won’t announce anyone who lives here.`,
  ignored: 'OK, I’ll ignore this face tonight.',
  kept: (told: string): string => `${told} I’ll know this face next time, too.`,
  over: 'The party’s over, so I’ve forgotten this face. The picture stays here until you delete it.',

  settledBefore: 'Someone has said who it is already.',
  /** The recognition has found out, just as a host pressed a button. */
  knownByNow: 'I know who it is by now.',
  gone: 'The party’s over, and I’ve deleted that face.',
  guestGone: 'That guest isn’t on the list any more. Pick someone else.',
  notKept: 'I don’t have that picture any more.',

  askName: 'What’s their name? Reply to this message, and I’ll announce them, as long as the party’s on.',
  askWhoLivesHere: 'Who lives here? Reply to this message with the name.',
  notAName: 'A name has up to 64 letters. Try again, please: reply to the question.',
  several: (name: string): string => `There’s more than one ${n(name)}. Pick the right one on the card.`,
  whichSong: (name: string): string =>
    `Which song for ${n(name)}? I announce ${n(name)} with it, or with a carol if you don’t say within a minute.`,
  announced: (name: string, song: string): string => `Now it’s “${song}” for ${n(name)}.`,
  /** The question was left alone for too long. */
  announcedBefore: (name: string, song: string): string =>
    `I’ve announced ${n(name)} with a carol meanwhile. From next time on it’s “${song}”.`,
  announcedWithCarol: (name: string): string => `A carol for ${n(name)}, then.`,

  off: 'OK, I won’t ask about faces I don’t know. /settings changes it.',
  on: 'OK, when I don’t know a face, I’ll ask you.',

  more: 'There are more people here I don’t know. I won’t ask about each of them tonight: press a number to say who it is.',
  moreSettled: 'There were more people here I don’t know. That’s all of them settled.',
} as const;
