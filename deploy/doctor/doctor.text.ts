const streaming = 'aws rekognition stop-stream-processor --name';

/** A span of time in words: `3 minutes`. @param ms milliseconds */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [count, unit] =
    seconds < 90
      ? [seconds, 'second']
      : seconds < 5400
        ? [Math.round(seconds / 60), 'minute']
        : seconds < 172_800
          ? [Math.round(seconds / 3600), 'hour']
          : [Math.round(seconds / 86_400), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** `1 photo`, `2 photos`. */
const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;

export const doctorText = {
  line: (well: boolean, part: string, says: string): string => `${well ? '✓' : '✗'} ${part}  ${says}`,
  todo: (indent: string, todo: string): string => `  ${indent}  → ${todo}`,
  notSeen: (reason: string): string => `could not be looked at: ${reason}`,
  onAws: (name: string, account: string, region: string, asleep: boolean): string =>
    `The house ${name} on AWS, account ${account}, ${region}${asleep ? ', asleep' : ''}:\n`,
  onThisMachine: (folder: string, page: string): string =>
    `The house on this machine, in ${folder} (${page}); --region or --name looks at the one on AWS:\n`,
  allWell: '\nAll is well.',
  wrong: (count: number): string => `\n${count === 1 ? 'One thing is' : `${count} things are`} wrong.`,
  /** The command that starts the house. @param data its data folder, where it is not the usual one */
  start: (data: string | undefined): string =>
    data === undefined ? 'npm start' : `npm start -- --data ${/^[\w./~-]+$/.test(data) ? data : `'${data}'`}`,
  /** @param start the command that starts it; here and below */
  notRunning: (folder: string, start: string): string =>
    `No house runs on this machine in ${folder}. Start it with ${start}, or say where its data is: --data. If something of it is damaged: --repair.`,
  onlyHere: (folder: string, start: string): string =>
    `No house runs on this machine in ${folder}. Start it with ${start}, or say where its data is: npm run doctor -- --data <folder>. Is yours on AWS? Then name its Region: npm run doctor -- --region eu-central-1`,
  /** @param why no house on AWS could be looked at, in sentences */
  neither: (folder: string, start: string, why: string): string =>
    `I looked for a house that runs on this machine, in ${folder}, and for one on AWS, and found neither. To start the one on this machine: ${start} (or say where its data is: --data). ${why}`,

  parts: {
    stack: 'stack',
    webhook: 'webhook',
    secret: 'secret',
    host: 'host',
    table: 'table',
    bucket: 'bucket',
    collection: 'face collection',
    kept: 'photos and songs',
    stream: 'data stream',
    mapping: 'stream → match',
    age: 'age of records',
    matchLetters: 'given up: records',
    pictureLetters: 'given up: pictures',
    recognition: 'recognition',
    upload: 'video upload',
    producer: 'producer',
    camera: 'camera',
    clock: 'clock',
    limits: 'limits',
    producerClock: "producer's clock",
  },

  stack: {
    well: (status: string): string => status,
    wrong: (status: string): string => `CloudFormation says ${status}`,
    deploy: 'npm run deploy brings it into order, or says what is in the way',
  },
  webhook: {
    well: (bot: string): string => `@${bot} reaches the house`,
    polled: (bot: string): string => `@${bot} is asked by this machine`,
    oldError: (bot: string, ago: string): string =>
      `@${bot} reaches the house; the last error was ${ago} ago`,
    none: (bot: string): string => `@${bot} has no webhook, so no message reaches the house`,
    elsewhere: (bot: string, host: string): string =>
      `@${bot} sends its messages to ${host}, not to this house`,
    error: (ago: string, message: string, pending: number): string =>
      `Telegram could not deliver ${ago} ago: ${message}; ${pending} waiting`,
    pending: (count: number): string =>
      `${count === 1 ? '1 message is' : `${count} messages are`} waiting to be delivered`,
    refused: 'Telegram does not know the token',
    deploy: 'npm run deploy sets it (with --take-over if another program has it)',
    restart: 'start the house again',
    newToken: "set the bot's new token as BOT_TOKEN in .env, then npm run deploy",
    newTokenHere: "set the bot's new token as BOT_TOKEN in .env, then start the house again",
    logs: 'look at the log of the function webhook (CloudWatch); Telegram tries again by itself',
    wait: 'wait a minute and look again; Telegram tries by itself',
  },
  secret: {
    well: 'has all that it should',
    toBeDeleted: 'was deleted, and is waiting for its end',
    restore: 'npm run deploy takes it back',
    missing: 'is not there',
    deploy: 'npm run deploy makes it',
    broken: 'is not what it should be',
    mend: 'npm run destroy and npm run deploy make it anew, or put JSON with token, webhookSecret and claimCode there',
  },
  host: {
    well: (count: number): string => (count === 1 ? 'one host' : `${count} hosts`),
    none: 'nobody is the host yet',
    claim: 'open the link that npm run deploy ends with (it may be run again)',
    claimOnPage: (page: string): string => `press Start in the chat on the page: ${page}`,
    claimInTelegram: 'open the link that npm start prints (it may be started again)',
  },
  table: {
    well: 'is there',
    state: (state: string): string => `is ${state}`,
    missing: 'is not there',
  },
  collection: {
    well: (faces: number): string => (faces === 1 ? 'one face' : `${faces} faces`),
    later: 'is made with the first guest',
    gone: 'is gone, though guests are known',
  },
  kept: {
    well: 'all there',
    /**
     * @param names of guests
     *
     * @param songs titles
     * @param carols how many
     * @param photos of guests who are recognised all the same
     */
    wrong: (lost: {
      readonly names: readonly string[];
      readonly songs: readonly string[];
      readonly carols: number;
      readonly photos: ReadonlyArray<{ readonly whose: string; readonly count: number }>;
    }): string =>
      [
        ...(lost.names.length > 0 ? [`not recognised: ${lost.names.join(', ')}`] : []),
        ...lost.photos.map(
          (photos) => `${count(photos.count, 'photo')} of ${photos.whose} lost or damaged (still recognised)`,
        ),
        ...(lost.songs.length > 0
          ? [`gone: ${count(lost.songs.length, 'song')} (${lost.songs.join('; ')})`]
          : []),
        ...(lost.carols > 0 ? [`gone: ${count(lost.carols, 'carol')}`] : []),
      ].join('; '),
    /** @param command with the data folder, where it is not the default one */
    repair: (command: string): string =>
      `stop the house, then ${command} puts back what can be, and says what to send again`,
    sendAgain: 'send the photos (with the name as caption) and songs again in the chat',
  },
  mapping: {
    well: 'reads the stream',
    state: (state: string): string => `is ${state}`,
    problem: (result: string): string => `the last batch: ${result}`,
    enable: 'npm run deploy, or in the console: Lambda, the function match, Triggers',
    logs: 'look at the log of the function match (CloudWatch)',
  },
  age: {
    quiet: 'no records in the last 15 minutes',
    well: (age: string): string => `at most ${age} old when they were read`,
    wrong: (age: string): string => `were ${age} old when they were read: arrivals come late`,
    logs: 'look at the log of the function match (CloudWatch)',
  },
  letters: {
    none: 'none',
    some: (count: number): string => `${count} in the last days`,
    look: 'look into the queue in the console (SQS), and at the function’s log; then purge it',
    file: (file: string): string => `look into ${file}; then delete it`,
  },
  recognition: {
    off: 'off, and no party is on',
    on: 'on, and a party is on',
    offInParty: (state: string): string => `a party is on, and the recognition is ${state}`,
    end: 'in the chat: /end_party, then /start_party',
    onWithoutParty: 'is on though no party is: with video it costs $0.12 a minute',
    stop: (name: string, region: string): string =>
      `if it is still so in a minute: ${streaming} ${name} --region ${region}`,
    wishWithoutParty: 'is wished for though no party is on',
    wait: 'look again in a minute; if it stays, say /start_party and /end_party in the chat',
    failed: (message: string): string => `has failed: ${message}`,
    refused: 'AWS refuses stream processors to this account',
    images:
      'recognition by video is closed to accounts new to it since 30 April 2026: npm run deploy -- --recognition images',
  },
  upload: {
    withoutParty: 'is wished for though no party is on: video is paid by the gigabyte',
    offInParty: 'a party is on, and the producer was not told to upload',
    notTakenUp: 'a party is on, and the producer has not begun to upload',
  },
  producer: {
    none: 'has never run',
    start: 'start it beside the camera: docker compose up -d',
    startAny:
      'start it beside the camera: docker compose up -d; or, if another program is to upload the video, that one',
    another: 'has never run; another program uploads the video',
    silent: (ago: string): string => `was last heard of ${ago} ago`,
    wake: 'see that its computer is on and has internet, and that the container runs: docker compose up -d',
    well: (version: string, ago: string): string => `version ${version}, heard of ${ago} ago`,
    version: (has: string, own: string): string => `is version ${has}, and this is ${own}`,
    update: 'bring it up to date: docker compose up -d --build',
    problem: (problem: string): string => `says: ${problem}`,
    camera: 'put right what it says, beside the camera',
    clock: (by: string): string => `is ${by} off AWS's`,
    clockWell: (by: string): string => `is ${by} off AWS's, which does no harm`,
    setClock: "let that computer's clock follow the internet (NTP)",
    clockUnknown: 'not compared yet',
  },
  camera: {
    waiting: 'is looked at only in a party',
    seen: (ago: string): string => `last picture ${ago} ago`,
    silent: (ago: string): string => `no picture for ${ago}`,
    never: 'no picture yet',
    none: 'no picture in the last minute; only a party needs one',
    look: 'see that the camera is on, and that its address and password are right',
    off: 'is turned off',
    offUntilParty: 'is turned off; before a party choose one on the page, under “At the door”',
    turnOn: (page: string): string => `choose one on the page, under “At the door”: ${page}`,
    lost: (why: string): string => `gives no picture: ${why}`,
  },
  clock: {
    well: (by: string): string => `this computer's is ${by} off AWS's`,
    set: "let this computer's clock follow the internet",
    unknown: 'AWS did not say the time',
  },
  limits: {
    well: (concurrency: number, shards: string): string =>
      `${concurrency} invocations at once; shards ${shards}`,
    ask: 'see above',
  },
} as const;
