import type { InterruptionCause } from '../party/parties/interruptions.ts';

/** What people are told unasked while a party is on. */

export const clockIsOff =
  "The camera computer's clock is more than 30 seconds off, so I go by the time its video arrives. " +
  'Please set that clock by the internet: arrivals and pictures will be exact again.';

/** Why nobody watched, as it is said of a time that is over. */
const causes: Readonly<Record<InterruptionCause, string>> = {
  'not running': 'I was not running',
  'video ended': 'the video that is played as the camera had ended',
  'camera lost': 'the camera was gone',
  'camera off': 'the camera was switched off on the page',
};
const unknownCause = 'the camera was gone, or its computer slept';

export const nobodyWatched = (from: string, to: string, cause?: InterruptionCause): string =>
  `Nobody watched the door from ${from} to ${to}: ${cause === undefined ? unknownCause : causes[cause]}. ` +
  'I am watching again; whoever came in meanwhile can step in front of the camera once more.';

export const cameraIsSilent = (since: string, cause?: InterruptionCause): string => {
  if (cause === 'video ended')
    return `The video that is played as the camera ended at ${since}, so nobody is recognised. Play it again, or choose another camera, on the page; I will say when I am watching again.`;
  if (cause === 'camera off')
    return `The camera was switched off on the page at ${since}, so nobody is recognised. Choose it again there; I will say when I am watching again.`;
  return (
    `No picture has come from the camera since ${since}, so nobody is recognised. See that the camera is on and its ` +
    'computer awake; I will say when it is back.'
  );
};

/** @param title the group's, if it is known */
export const cannotWriteTo = (title: string | undefined): string =>
  `I can't write in ${title === undefined ? "the party's chat" : `“${title}”`} any more: I was removed there, or may ` +
  'not write. From now on I tell you here who arrives, and who came in the end. To have it there again, let me back in ' +
  'and start the next party there.';
