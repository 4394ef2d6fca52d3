import { minute } from '../../party/clock.ts';
import type { Pulse } from '../../party/recognition/pulse.ts';
import type { RecognitionStatus } from '../../party/recognition/recognition.ts';
import { count } from '../wording.ts';

const states: Readonly<Record<RecognitionStatus['state'], string>> = {
  off: 'I’m not watching the door.',
  starting: 'I’m about to watch the door.',
  on: 'I’m watching the door.',
  stopping: 'I’m about to stop watching the door.',
  failed: 'I can’t watch the door',
};

/** Minutes, and from two hours on hours. */
function lengthOf(milliseconds: number): string {
  const minutes = Math.max(1, Math.round(milliseconds / minute));
  return minutes < 120 ? count(minutes, 'minute') : count(Math.round(minutes / 60), 'hour');
}

/** What people read about the party that is on, starts and ends. */
export const partyText = {
  notUnderstood: (written: string): string =>
    `I don’t get “${written}”. Say it like /start_party 4 hours, or /start_party until 1am.`,
  tooShort: 'A party lasts at least 5 minutes.',
  tooLong: 'A party lasts at most 24 hours.',

  startingAlready: 'Someone else is starting or ending it right now. Try again in a minute.',
  onHere: (until: string): string =>
    `A party’s on here already, until ${until}. Say /start_party 3h to go on that long from now.`,
  onElsewhere: (where: string, until: string): string =>
    `A party’s on already, in ${where}, until ${until}. Say /start_party 3h to go on that long from now.`,
  goesOn: (until: string): string => `The party goes on until ${until}.`,
  goesOnElsewhere: (where: string, until: string): string => `The party in ${where} goes on until ${until}.`,
  overAlready: 'That party’s over already.',
  ending: 'Ending it…',
  stillEnding: 'The last party is still ending. Try again in a minute.',

  endedElsewhere: (where: string): string => `The party’s over. Who came is in ${where}.`,
  endedListLater:
    'The party’s over. Telegram takes no more messages just now; the guest list comes as soon as it does, mostly within minutes.',
  noParty: 'No party’s on. /start_party starts one.',

  on: (where: string | undefined, from: string, until: string): string =>
    where === undefined
      ? `The party’s on, from ${from} until ${until}.`
      : `The party’s on in ${where}, from ${from} until ${until}.`,
  arrived: (arrived: number, invited: number): string => {
    if (invited === 0) return 'No guests yet.';
    if (invited === 1) return arrived === 0 ? 'Your guest isn’t here yet.' : 'Your guest is here.';
    return `${arrived} of ${invited} guests arrived.`;
  },
  invited: (guests: number): string =>
    guests === 0 ? 'No guests yet.' : `${count(guests, 'guest')} invited.`,
  recognition: ({ state, message }: RecognitionStatus): string => {
    if (state === 'on' && message) return `${states.on}\nBut: ${message}`;
    if (state !== 'failed') return states[state];
    // Where faces are kept is the service's word for it, and nobody's at a party.
    if (message && /\bcollection\b/i.test(message))
      return `${states.failed}: the faces I knew are gone. Send /end_party, then /start_party.`;
    return message ? `${states.failed}: ${message}` : `${states.failed}.`;
  },
  /** What the producer at home says of itself, for as long as it watches. */
  producer: ({
    framesPerSecond,
    frames,
    faces,
    calls,
    dropped,
    problem,
    clockOffset = 0,
  }: Pulse): string[] => [
    `I look ${framesPerSecond} times a second. So far: ${count(frames, 'picture')} with ${count(faces, 'face')}, ${calls} looked up.`,
    ...(dropped > 0 ? [`${count(dropped, 'sighting')} came too late to count.`] : []),
    ...(Math.abs(clockOffset) > minute
      ? [
          `The clock of the camera’s computer is off by ${count(Math.round(Math.abs(clockOffset) / minute), 'minute')}. The times I say are right all the same.`,
        ]
      : []),
    ...(problem === undefined ? [] : [`But: ${problem}`]),
  ],
  /** @param by milliseconds */
  clockAhead: (by: number): string =>
    `My computer’s clock was set back by ${lengthOf(by)}. I still see everyone, but I go by the old time. Restart me after the party, and I’ll have the right one.`,
  notWatched: (since: string): string =>
    `I can’t see the door (since ${since}). Check that the camera is on, and its computer awake.`,

  privateChat: 'a private chat',
  group: (title: string): string => `the group “${title}”`,
  anotherChat: 'another chat',
} as const;
