export const endPartyText = {
  isOn: (until: string): string =>
    `A party is on until ${until}. End it in the chat first (/end_party), or add --end-party: then it ends now, and ` +
    'its chat is told who came.',
  ending: 'Ending the party. That may take a minute …',
  ended: 'The party is over.',
  notTold: "The party's chat could not be told.",
  noSecret:
    "A party is on, and its chat cannot be told that it ends: the bot's secret is gone. Run npm run deploy, which " +
    'brings it back, then run this again.',
  recognitionRuns: (reason: string): string =>
    `The party is over, but the recognition does not stop: ${reason}. So nothing was changed, and the house tries ` +
    'again every minute. Run this again in a minute.',
} as const;
