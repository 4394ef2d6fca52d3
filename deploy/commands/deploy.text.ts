import type { Identity } from '../account/identity.ts';
import { nameIn } from '../account/identity.ts';
import type { AccountPlan } from '../account/plan.ts';
import type { Budget, Recognition } from '../option-values.ts';

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
  readonly budget: Budget | undefined;
  /** The host that arrivals are posted to. */
  readonly arrivalsTo: string | undefined;
}

const recognitionText: Readonly<Record<Recognition, string>> = {
  images: 'images: the producer at home finds the faces and sends only good pictures of them',
  video: 'video: Rekognition searches the video that a producer of your own uploads (docs/aws.md)',
};

export const deployText = {
  checking: 'Looking at the account …',
  plan: ({
    name,
    identity,
    bot,
    recognition,
    asleep,
    exists,
    bootstrap,
    newToken,
    budget,
    arrivalsTo,
  }: Plan): string => `
${exists ? `The house ${name} is there, and is brought up to date.` : `A house called ${name} is going to be made.`}
  account      ${identity.account}, as ${nameIn(identity.arn)}
  Region       ${identity.region}
  bot          @${bot}${exists && newToken ? ' (with a new token)' : ''}
  recognition  ${recognitionText[recognition]}
  made of      the bot and its four helpers (Lambda), a table (DynamoDB), a private bucket (S3), a face collection
               (Rekognition)${asleep ? '' : ', a stream of what was seen (Kinesis)'}${recognition === 'video' && !asleep ? ', a stream of video (Kinesis Video)' : ''}, topics, alarms, a secret${
                 budget
                   ? `\n  budget       mail to ${budget.mail} when the account costs more than $${budget.dollars} in a month`
                   : ''
               }${arrivalsTo ? `\n  arrivals     are posted to ${arrivalsTo}, too` : ''}${asleep ? '\n  asleep       it stays asleep; npm run wake wakes it' : ''}${
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
  freePlan: ({ ends, creditsLeft }: AccountPlan): string =>
    `This account is on AWS's free plan: it lives on credits${
      creditsLeft === undefined ? '' : ` ($${creditsLeft.toFixed(2)} are left)`
    }, for six months at most. When they or the time are over${ends === undefined ? '' : ` (${ends} at the latest)`}, AWS ` +
    'closes the account, and the house with it, unless you upgrade to the paid plan before (Billing and Cost Management).',
  ready: (link: string, qr: string): string => `
Open this link on your phone and press Start. It makes whoever does so first the host, so keep it to yourself:

${qr}

  ${link}
`,
  webhookKey: (host: string, key: string): string =>
    `Arrivals are posted to ${host}, signed with this key. Keep it to yourself:\n\n  ${key}\n`,
  tokenChanged: (bot: string): string => `The house now speaks as @${bot}.`,
} as const;
