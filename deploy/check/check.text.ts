/** What `npm run check-aws` says. */
export const checkText = {
  outcome: { well: '✓', wrong: '✗', skipped: '–' },
  reportTitle: 'Musical Joy, tried on AWS',
  plan: (name: string, region: string, steps: readonly string[]): string => `
This tries the whole of Musical Joy in your AWS account, with a house of its own, and takes it away again:

  house    ${name}, in ${region}
  steps    ${steps.join('\n           ')}

It takes about half an hour, of which ten minutes are yours. It costs less than a dollar: a Kinesis shard for an hour, a few
pictures, and a secret until it is deleted. It sends messages to the chat of the bot whose token you give it, so take one of its
own (@BotFather, /newbot). No camera and no producer are needed: this program says in the producer's place that it is there, and
writes what a camera would have seen. Before each step you are asked. At the end there is a report without secrets, for an issue.
`,
  ask: (step: string): string => `${step}?`,
  goOn: 'That went wrong. Go on with the next step all the same?',
  begins: (step: string): string => `\n── ${step}`,
  ended: (well: boolean, step: string, seconds: number): string =>
    `${well ? '✓' : '✗'} ${step} (${Math.round(seconds)} s)`,
  noTerminal:
    'This is not a terminal, so you cannot be asked before each step. Add --yes to have all of them done: it costs money, and ' +
    'sends messages to the chat.',
  isAHouse: (name: string): string =>
    `What is checked is removed in the end, so it has to be a house of its own: --name takes a name that ends with Check, not ${name}.`,
  isThere: (name: string): string =>
    `The house ${name} is there, from a check that was broken off: this one goes on with it, and removes it.`,
  report: (file: string): string => `\nThe report is in ${file}. Read it, then paste it into an issue.`,
  notReached: 'not reached',
  steps: {
    deploy: 'Deploy it',
    host: 'Open the link, press Start, and send a photo of yourself with your name',
    doctor: 'See what the doctor says',
    alarms: 'Set off each alarm, one message to the chat for each',
    arrival: 'Say /start_party 1h in the chat, and see yourself arrive without a camera',
    sleep: 'Put it to sleep, which ends the party',
    wake: 'Wake it',
    again: 'See what the doctor says once more',
    destroy: 'Remove it, pictures too',
  },
  waitsForGuest: 'Waiting for you: open the link above, press Start, and send the bot a photo with a name …',
  waitsForParty: 'Waiting for you: say /start_party 1h to the bot …',
  nobody: 'Nobody became the host, or no photo was taken, within the time that was waited.',
  noParty: 'No party was started within the time that was waited.',
  noStream: 'The house has no data stream.',
  noAlarm: 'The house has no alarm.',
  alarmTold: (name: string, seconds: number): string => `${name}: told after ${seconds.toFixed(1)} s`,
  alarmNotTold: (name: string): string =>
    `${name}: the chat did not hear of it within the time that was waited`,
  arrived: (seconds: number): string => `told ${seconds.toFixed(1)} s after the second sighting`,
  notArrived: 'The record was put on the stream, and no arrival was told within the time that was waited.',
  endedWith: (code: number): string => `ended with code ${code}`,
} as const;
