/** Said of the stack, and of what CloudFormation does to it. */
export const stackText = {
  none: (name: string, region: string): string =>
    `There is no house called ${name} in ${region}. Deploy one (npm run deploy), or say which is meant: --name, --region.`,
  foreign: (name: string): string =>
    `There is a stack called ${name} here that is no house of Musical Joy. It is left as it is; take another name ` +
    'for the house: --name.',
  halfRemoved: (name: string): string =>
    `The house ${name} was being removed, and some of it could not be (DELETE_FAILED). Run npm run destroy, which ` +
    'finishes that, then deploy again.',
  busy: (name: string, status: string): string =>
    `CloudFormation is at work on ${name} just now (${status}). Wait until it is done, then run this again.`,
  notWhole: (name: string, status: string): string =>
    `The house ${name} is not whole (${status}). Run npm run deploy: it makes it whole, or says what is in the way.`,
  bootstrapping: 'Preparing the account for the CDK (once for each Region) …',
  building: 'Building the Lambdas …',
  built: (name: string): string => name.toLowerCase(),
  notBuilt: (said: string): string => `The Lambdas could not be built, and nothing was changed.\n\n${said}`,
  uploading: 'Uploading them …',
  changing: 'CloudFormation is at work …',
  removing: 'CloudFormation is removing the house …',
  removingRemains: 'Removing what an earlier try has left …',
  remainsStay: (names: readonly string[]): string =>
    `${names.join(', ')} could not be removed. Look at it in the console.`,
  takingBack: 'CloudFormation is taking back a change that failed half-way …',
  notTakenBack: (stack: string, failure: string): string =>
    `A change of ${stack} failed before, and CloudFormation cannot take it back.\n\n  ${failure}\n\n` +
    'Put that right, then run the same command again. If it cannot be put right: in the console, CloudFormation, ' +
    `${stack}, Stack actions, Continue update rollback, skip that resource; then run this again.`,
  processorStays: (name: string, why: string): string =>
    `The stream processor ${name} may still run, which costs $0.12 a minute: ${why}\n` +
    `Look with aws rekognition describe-stream-processor --name ${name}, and stop it with aws rekognition ` +
    `stop-stream-processor --name ${name}.`,
  unchanged: 'Nothing had to be changed.',
  still: (what: string, elapsed: string): string => `  ${elapsed}  … still at ${what}`,
  done: (elapsed: string): string => `Done in ${elapsed}.`,
  resource: (place: string, elapsed: string, name: string, what: string): string =>
    `  ${elapsed}  ${place}  ${name} ${what}`,
  failedResource: (name: string, type: string, reason: string): string => `${name} (${type}): ${reason}`,
  failed: (stack: string, failure: string): string =>
    `The deployment of ${stack} failed, and CloudFormation has taken back what it had begun.\n\n  ${failure}\n\n` +
    'Put that right, then run the same command again: it goes on from what is there.',
  /** @param message the CDK's own */
  toolkitFailed: (message: string): string =>
    `The CDK could not do its part: ${stripped(message)}.\nYour AWS user has to be an administrator (the policy AdministratorAccess), ` +
    'also of the bucket and the roles of the stack CDKToolkit. If that is so, run the same command again: it goes on from what is there.',
  removalFailed: (stack: string, failure: string): string =>
    `${stack} could not be removed whole.\n\n  ${failure}\n\nPut that right, then run npm run destroy again.`,
} as const;

/** Without the marks that the CDK begins with, and the stop that follows here. */
const stripped = (message: string): string => message.replace(/^[^\p{L}]+|[\s.]+$/gu, '');

/** What happened to a resource, by the beginning of its status. */
export const happened: Readonly<Record<string, string>> = {
  CREATE_COMPLETE: 'made',
  UPDATE_COMPLETE: 'changed',
  DELETE_COMPLETE: 'removed',
  DELETE_SKIPPED: 'kept',
  CREATE_FAILED: 'FAILED',
  UPDATE_FAILED: 'FAILED',
  DELETE_FAILED: 'FAILED',
};
