import type { KeptGap } from '../party/parties/gaps.ts';
import type { InterruptionCause } from '../party/parties/interruptions.ts';

/** What people are told unasked while a party is on. */

export const clockIsOff =
  'The clock of the camera’s computer is more than 30 seconds off, so I go by the time its video arrives. ' +
  'Set that clock by the internet, and arrivals and pictures are exact again.';

/** Why nobody watched, as it is said of a time that is over. */
const causes: Readonly<Record<InterruptionCause, string>> = {
  'not running': 'I wasn’t running',
  'video ended': 'the video had ended',
  'camera lost': 'the camera was gone',
  'camera off': 'the camera was switched off on the page',
};
const unknownCause = 'the camera was gone, or its computer slept';

export function nobodyWatched(from: string, to: string, gap: KeptGap): string {
  const ask = 'If someone came in then, ask them to step in front of the camera once more.';
  // From the party's start on, nothing has been seen yet.
  if (gap.from === Date.parse(gap.partyId))
    return `I can see the door now! From ${from} to ${to} I couldn’t: no picture came from the camera. ${ask}`;
  return `I’m back! I missed ${from}–${to}: ${gap.cause === undefined ? unknownCause : causes[gap.cause]}. ${ask}`;
}

/** @param title the group's, if it is known */
export const cannotWriteTo = (title: string | undefined): string =>
  `I can’t write in ${title === undefined ? 'the party’s chat' : `“${title}”`} any more: I was removed, or may not ` +
  'write. From now on I announce everyone here. To have it there again, let me back in and start the next party there.';
