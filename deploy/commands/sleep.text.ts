export const sleepText = {
  alreadyAsleep: (name: string): string => `${name} is asleep already. npm run wake wakes it.`,
  alreadyAwake: (name: string): string => `${name} is awake already.`,
  party: (until: string): string =>
    `A party is on until ${until}. End it in the chat first (/end_party), or add --end-party: then it ends now, and ` +
    'its chat is told who came.',
  partyEnded: 'The party is over.',
  notTold: "The party's chat could not be told.",
  noSecret:
    "A party is on, and its chat cannot be told that it ends: the bot's secret is gone. Run npm run deploy, which " +
    'brings it back, then run this again.',
  partyStays:
    'The party is being ended by somebody else, and that takes too long. Run this again in a minute.',
  recognitionRuns: (reason: string): string =>
    `The party is over, but the recognition does not stop: ${reason}. So the house stays awake, and tries again ` +
    'every minute. Run this again in a minute.',
  sleeping: (name: string): string => `Putting ${name} to sleep …`,
  waking: (name: string): string => `Waking ${name} …`,
  asleep:
    'It is asleep: guests, songs and the chat are kept, and nothing costs by the hour. npm run wake wakes it.',
  awake: (file: string): string =>
    `It is awake. Start the producer beside the camera if it does not run (${file} is as it was), then say ` +
    '/start_party in the chat.',
} as const;
