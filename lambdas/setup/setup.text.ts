/** What people read among the events of the stack. */
export const setupText = {
  wrongToken:
    "Telegram does not know the token in the bot's secret. Take it from @BotFather and deploy again.",
  noSecret: 'The secret with the bot\'s token is not there. "npm run deploy" makes it.',
  unreachable: 'Telegram could not be reached. Try again.',
  broken: (what: string): string => `The properties of this resource are not right: ${what}.`,
  noAnswer: 'There was no answer in time.',
  timeUp: 'Its time was up before it was done. Try again: it goes on from there.',
  replaced: 'Another setup looks after this house now: all of it was left as it is.',
  notDone: (what: readonly string[]): string => `Not done: ${what.join(' ')}`,
  notSetUp: (why: string): string =>
    `What is new was not set up: ${why} That is tried again when the house wakes.`,
  webhookStays: (why: string): string => `The webhook was not removed: ${why}`,
  processorStays: (name: string, why: string): string =>
    `The stream processor ${name} may still run, which costs money: ${why}`,
  keysStay: (user: string, why: string): string =>
    `The access keys of the user ${user} were not deleted, so that IAM keeps the user: ${why}`,
  bucketStays: (name: string, why: string): string => `The bucket ${name} was not emptied: ${why}`,
} as const;
