/** What people are told unasked while a party is on. */

export const clockIsOff =
  "The camera computer's clock is more than 30 seconds off, so I go by the time its video arrives. " +
  'Please set that clock by the internet: arrivals and pictures will be exact again.';

export const nobodyWatched = (from: string, to: string): string =>
  `Nobody watched the door from ${from} to ${to}: the camera was gone, or its computer slept. ` +
  'I am watching again; whoever came in meanwhile can step in front of the camera once more.';

export const cameraIsSilent = (since: string): string =>
  `No picture has come from the camera since ${since}, so nobody is recognised. See that the camera is on and its ` +
  'computer awake; I will say when it is back.';

/** @param title the group's, if it is known */
export const cannotWriteTo = (title: string | undefined): string =>
  `I can't write in ${title === undefined ? "the party's chat" : `“${title}”`} any more: I was removed there, or may ` +
  'not write. From now on I tell you here who arrives, and who came in the end. To have it there again, let me back in ' +
  'and start the next party there.';
