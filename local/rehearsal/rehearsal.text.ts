/** The sample guest's name: nobody takes her for a real one. */
export const sampleName = 'Anna (sample)';

/** What people read of the rehearsal. */
export const rehearsalText = {
  photo: 'A photo with a name makes a guest.',
  carol: 'She has no song yet, so a carol will play.',
  party: 'Now the party begins.',
  walksIn: 'Somebody comes to the door. It’s Anna, in another picture.',
  here: (seconds: string): string => `There she is, ${seconds} s after her face appeared. Hear her carol?`,
  stranger: 'And now somebody I don’t know: a box, and no name.',
  whoIsIt: 'So I ask who it is. One tap, and they’ve arrived too.',
  ending: 'That’s all. The party ends, and I tell who came.',
  over: (seconds: string): string =>
    `That was a rehearsal: Anna was announced ${seconds} s after her face appeared.`,
  cutShort: 'The rehearsal was cut short.',
  endingParty: 'The rehearsal was cut short. Ending its party…',
  partyEnded: 'The rehearsal was cut short. I’ve ended its party.',
  stillThere: 'The last rehearsal is still in this chat.',
  notShown: (what: string): string => `The rehearsal stopped: ${what}`,
  clearing: 'Clearing it away…',

  partyOn: 'A party is on. I’ll show you when it’s over.',
  running: 'I’m showing it already.',
  notCleared: 'First clear the last rehearsal.',
  otherHost: 'Somebody else is the host here, so I can’t show you.',
  tooLong: (awaited: string): string => `${awaited} didn’t come in time. Is this computer very busy?`,
  notUsed: 'the bot didn’t take the sample photo.',
  samplesGone: 'its sample photos are gone. Delete node_modules and run npm start again.',
  leftBehind: 'Not all of it could be cleared. Please try again.',
} as const;
