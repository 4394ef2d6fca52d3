const inConsole = (stack: string): string => `in the AWS console (CloudFormation, ${stack})`;

/** Why the account cannot be prepared for the CDK, and what to do. */
export const bootstrapText = {
  broken: (stack: string, status: string): string =>
    `The CDK's own stack ${stack} is broken in this Region (${status}), so that nothing can be deployed. Delete it ` +
    `${inConsole(stack)}, and its bucket too if that is left (S3, cdk-hnb659fds-assets-…), then run this again: it is ` +
    'made anew.',
  halfChanged: (stack: string, status: string): string =>
    `The CDK's own stack ${stack} is stuck in this Region (${status}), so that nothing can be deployed. Let it be ` +
    `taken back ${inConsole(stack)}, Stack actions, Continue update rollback, then run this again.`,
  failed: (failure: string): string =>
    'The account could not be prepared for the CDK, and CloudFormation has taken back what it had begun.\n\n' +
    `  ${failure}\n\n` +
    'It takes an administrator (the policy AdministratorAccess). Put that right, then run the same command again: it ' +
    'makes the stack CDKToolkit, which failed, anew.',
  notPrepared: (stack: string): string =>
    `The CDK's own stack ${stack} is there, but not as the CDK makes it: somebody has made or changed it by hand. ` +
    'Prepare the account yourself (npx cdk bootstrap --force), then run this again.',
} as const;
