/** Why AWS cannot be asked, and what to do; each a whole text for the host. */
export const refusalText = {
  noCredentials:
    'No AWS credentials were found. Sign in first: with the aws command (aws configure sso, then aws sso login), or ' +
    'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. docs/aws.md says how to get them.',
  expired: 'Your AWS credentials have expired. Sign in again (aws sso login), then run this again.',
  wrongKeys:
    'AWS does not know these credentials: the access key is wrong, or was deleted. Look at AWS_ACCESS_KEY_ID, ' +
    'AWS_PROFILE and ~/.aws/credentials.',
  clock:
    "This computer's clock is wrong, so AWS refuses what it signs. Set the clock to follow the internet, then run " +
    'this again.',
  noRegion: 'It is not said in which AWS Region. Add --region, such as --region eu-central-1.',
  root:
    "You are signed in as the account's root user, who can do anything and cannot be limited. Make a user of your own " +
    'in the AWS console (IAM Identity Center) and sign in as that one. docs/aws.md says how.',
  /** @param endpoint where AWS_ENDPOINT_URL leads @param why a sentence */
  elsewhere: (endpoint: string, why: string): string =>
    `AWS_ENDPOINT_URL is set in this shell, so I asked ${endpoint} and not AWS itself, and there is no AWS account there: ${why} ` +
    'If you have set it for npm run local-aws, that has no house in it. Take AWS_ENDPOINT_URL and the keys that go with it ' +
    'out of the environment (or open a new terminal), then run this again.',
  unreachable: (code: string): string =>
    `AWS cannot be reached (${code}). Look at this computer's network; if that is well, at --region.`,
  denied: (action: string): string =>
    `Your AWS user may not do this: ${action}. The deployment needs an administrator (the policy AdministratorAccess).`,
} as const;
