export const sleepText = {
  alreadyAsleep: (name: string): string => `${name} is asleep already. npm run wake wakes it.`,
  alreadyAwake: (name: string): string => `${name} is awake already.`,
  sleeping: (name: string): string => `Putting ${name} to sleep …`,
  waking: (name: string): string => `Waking ${name} …`,
  asleep:
    'It is asleep: guests, songs and the chat are kept, and nothing costs by the hour. npm run wake wakes it.',
  awake: (file: string): string =>
    `It is awake. Start the producer beside the camera if it does not run (${file} is as it was), then say ` +
    '/start_party in the chat.',
} as const;
