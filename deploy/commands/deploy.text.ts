import type { Identity } from '../account/identity.ts';
import { nameIn } from '../account/identity.ts';
import type { Recognition } from '../options.ts';

/** What is going to be made or changed. */
export interface Plan {
  readonly name: string;
  readonly identity: Identity;
  readonly bot: string;
  readonly recognition: Recognition;
  readonly asleep: boolean;
  readonly exists: boolean;
  readonly bootstrap: boolean;
  readonly newToken: boolean;
}

const recognitionText: Readonly<Record<Recognition, string>> = {
  images: 'images: the producer at home finds the faces and sends only good pictures of them',
  video: 'video: Rekognition searches the video that a producer of your own uploads (docs/aws.md)',
};

export const deployText = {
  checking: 'Looking at the account …',
  plan: ({ name, identity, bot, recognition, asleep, exists, bootstrap, newToken }: Plan): string => `
${exists ? `The house ${name} is there, and is brought up to date.` : `A house called ${name} is going to be made.`}
  account      ${identity.account}, as ${nameIn(identity.arn)}
  Region       ${identity.region}
  bot          @${bot}${exists && newToken ? ' (with a new token)' : ''}
  recognition  ${recognitionText[recognition]}
  made of      the bot and its four helpers (Lambda), a table (DynamoDB), a private bucket (S3), a face collection
               (Rekognition)${asleep ? '' : ', a stream of what was seen (Kinesis)'}${recognition === 'video' && !asleep ? ', a stream of video (Kinesis Video)' : ''}, topics, alarms, a secret${
                 asleep ? '\n  asleep       it stays asleep; npm run wake wakes it' : ''
               }${
                 bootstrap
                   ? '\n  first        the account is prepared for the CDK in this Region: a bucket and five roles, called CDKToolkit'
                   : ''
               }
`,
  secretWaits: (name: string): string =>
    `The secret ${name} of before is not quite gone yet: waiting for it …`,
  secretRestored: (name: string): string =>
    `The secret ${name} had been deleted and was waiting for its end; it is taken back, with the bot's token in it.`,
  secretStays: (name: string): string =>
    `The bot's token stays in the secret ${name} ($0.40 a month) for the next try; npm run destroy deletes it.`,
  ask: 'Shall I?',
  noTerminal: 'This is not a terminal, so you cannot be asked. Add --yes to go ahead without asking.',
  videoClosed:
    'Recognition by video is closed to accounts that had not used it in the year before 30 April 2026. If yours is one ' +
    'of them, the chat will say so when you start a party; then deploy again with --recognition images.',
  ready: (link: string, qr: string): string => `
Open this link on your phone and press Start. It makes whoever does so first the host, so keep it to yourself:

${qr}

  ${link}
`,
  askKey: (user: string, old: number): string =>
    old === 0
      ? `Make an access key for the producer at home? (user ${user})`
      : `Make a new access key for the producer at home? The one it has now stops working.`,
  keyMade: (deleted: number): string =>
    deleted === 0
      ? 'A key for the producer was made.'
      : 'A new key for the producer was made, and the old one deleted.',
  noKey:
    'The producer at home has no key of this house yet. Run npm run deploy -- --producer-key to make one, or give its ' +
    'computer AWS credentials of its own.',
  fileWritten: (file: string, names: readonly string[], existed: boolean): string =>
    existed
      ? `${file} was brought up to date (${names.join(', ')}); your other lines in it stay. Bring it to the producer again.`
      : `${file} holds what the producer beside the camera needs. It is secret: only you can read it.`,
  tokenChanged: (bot: string): string => `The house now speaks as @${bot}.`,
} as const;
