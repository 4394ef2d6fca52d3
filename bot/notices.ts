import type { InterruptionCause } from '../party/parties/interruptions.ts';
import type { ProducerAlert } from '../party/recognition/pulse.ts';

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

export const nobodyWatched = (from: string, to: string, cause?: InterruptionCause): string =>
  `I’m back! I missed ${from}–${to}: ${cause === undefined ? unknownCause : causes[cause]}. ` +
  'If someone came in then, ask them to step in front of the camera once more.';

export const cameraIsSilent = (since: string, cause?: InterruptionCause): string => {
  if (cause === 'video ended')
    return `I can’t see the door: the video ended at ${since}. Play it again on the page, or choose another camera. I’ll tell you when I’m back.`;
  if (cause === 'camera off')
    return `I can’t see the door: the camera was switched off on the page at ${since}. Choose it again there. I’ll tell you when I’m back.`;
  return (
    `I can’t see the door (since ${since}). Check that the camera is on, and its computer awake. ` +
    'I’ll tell you when it’s back.'
  );
};

/** @param title the group's, if it is known */
export const cannotWriteTo = (title: string | undefined): string =>
  `I can’t write in ${title === undefined ? 'the party’s chat' : `“${title}”`} any more: I was removed, or may not ` +
  'write. From now on I announce everyone here. To have it there again, let me back in and start the next party there.';

export const producerAlerts: Readonly<Record<ProducerAlert, string>> = {
  'another producer':
    'Two producers watch the door, so each face is searched and paid twice. End one of them. If you know of only one, ' +
    'somebody has your producer.env: npm run deploy -- --producer-key makes a new key, and the old one stops working.',
  'searched enough':
    'I’ve searched as many faces as I may in one party, so I recognise nobody any more. If so many really came, set ' +
    'SEARCHES_PER_PARTY in producer.env higher and start the producer again.',
};
