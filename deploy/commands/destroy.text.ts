/** What is there to be removed. */
export interface Found {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly status: string | undefined;
  readonly keys: number;
  /** Deleted with all that is in it; undefined when it stays. */
  readonly bucket: string | undefined;
}

export const destroyText = {
  looking: 'Looking for the house …',
  nothing: (name: string, region: string): string =>
    `There is nothing of a house called ${name} in ${region}.`,
  found: ({ name, account, region, status, keys, bucket }: Found): string => `
The house ${name} is going to be removed from account ${account}, ${region}${status ? ` (${status})` : ''}:
  guests, songs and parties, the face collection, the bot's webhook, its token in the secret${
    keys > 0 ? `\n  ${keys === 1 ? "the producer's access key" : `the producer's ${keys} access keys`}` : ''
  }${bucket ? `\n  the photos, songs and pictures in ${bucket}` : ''}
This cannot be undone.
`,
  askPictures: (bucket: string): string => `Delete the photos, songs and pictures in ${bucket} too?`,
  askName: (name: string): string => `Type the house's name, ${name}, to remove it:`,
  otherName: 'That is another name. Nothing was removed.',
  noTerminal:
    'This is not a terminal, so you cannot be asked. Add --yes and --pictures keep (or delete) to go ahead.',
  keysDeleted: (count: number): string =>
    count === 1
      ? "The producer's access key was deleted."
      : `The producer's ${count} access keys were deleted.`,
  emptying: (bucket: string): string => `Deleting what is in ${bucket} …`,
  bucketDeleted: (bucket: string): string => `The bucket ${bucket} was deleted with all that was in it.`,
  secretDeleted: (name: string): string => `The secret ${name} was deleted.`,
  gone: (name: string): string => `${name} is gone.`,
  left: 'What is left, and what each costs:',
  nothingLeft: 'Nothing of it is left.',
  leftBucket: (bucket: string): string =>
    `  the bucket ${bucket}, as you wished: cents a month. Delete it in the console (S3: empty, then delete).`,
  leftLogs: (names: readonly string[]): string =>
    `  log groups: ${names.join(', ')}: next to nothing. They can be deleted in the console (CloudWatch).`,
  leftBootstrap: (stack: string): string =>
    `  the CDK's own stack ${stack}, shared by all CDK applications here: cents. Delete it only if you have no others.`,
  leftResource: (name: string): string =>
    `  ${name}, which CloudFormation could not delete. Look at it in the console.`,
} as const;
