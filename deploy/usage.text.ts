const house = `  --name MusicalJoy       the stack's name: several houses may be in one account
  --region eu-central-1   the AWS Region; by default what AWS_REGION or your AWS profile says
  --help                  this text
`;

/** What `--help` says, by command. */
export const usage = {
  deploy: `Puts Musical Joy on AWS, or changes what is there. Asks before it makes anything.

  npm run deploy -- [options]

  --recognition images    how guests are recognised: images (by default) or video
  --time-zone Europe/Rome in which zone you say "until 01:00"; by default this computer's
  --take-over             take the bot from where its webhook is set now
  --producer-key          make a new access key for the producer at home, without asking
  --no-arrival-webhook    post arrivals nowhere any more
  --budget 20 --budget-mail you@example.com
                          mail when the account costs more than $20 in a month; --budget none ends that
  --end-party             with another --recognition: end the party that is on; its chat is told who came
  --yes                   ask nothing: for scripts
${house}
The bot's token is asked for, or taken from BOT_TOKEN in the environment or in the file .env. It goes into
AWS Secrets Manager and nowhere else. So does ARRIVAL_WEBHOOK, an address that is told of each arrival
(docs/automation.md). AWS credentials are found as the aws command finds them.
`,
  sleep: `Puts the house on AWS to sleep: guests, songs and the chat stay, and what costs by the hour goes.

  npm run sleep -- [options]

  --end-party             end the party that is on; its chat is told who came
${house}`,
  wake: `Wakes the house on AWS: a party can be started a few minutes later.

  npm run wake -- [options]

${house}`,
  doctor: `Looks at the house and says for each part whether it is right, and if not, what to do.
Ends with code 1 when something is wrong.

  npm run doctor -- [options]

  --local                 the house on this machine, which npm start runs
  --data .joy             the data folder of the house on this machine
  --repair                repair that folder, and say what was done; the house must not run meanwhile
${house}
Without options it looks at the house that runs on this machine, and if none does, at the one on AWS.
`,
  destroy: `Removes the house from AWS, after asking, and says what is left.

  npm run destroy -- [options]

  --pictures keep         photos, songs and pictures: keep or delete; asked if not given
  --yes                   ask nothing: for scripts; needs --pictures
${house}`,
  'check-aws': `Tries all of Musical Joy in your AWS account, with a house of its own that it removes again: deploy, doctor, each
alarm, an arrival, sleep, wake, destroy. Asks before each step, for it costs money and sends messages to the bot's chat, and
writes a report without secrets.

  npm run check-aws -- [options]

  --recognition images    how guests are recognised: images (by default) or video
  --name MusicalJoyCheck  the stack's name; it ends with Check, so that no house of yours is meant
  --region eu-central-1   the AWS Region; by default what AWS_REGION or your AWS profile says
  --yes                   ask nothing, and take every step
  --help                  this text

Take a bot of its own for this: its token is asked for, or taken from BOT_TOKEN.
`,
} as const;

/** A command's name, as in `npm run <command>`. */
export type CommandName = keyof typeof usage;
