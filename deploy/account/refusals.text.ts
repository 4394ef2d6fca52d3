/** Why AWS cannot be asked, and what to do; each a whole text for the host. */
export const refusalText = {
  noCredentials:
    'No AWS credentials were found. Sign in first: aws login (AWS CLI 2.32 or later), as a user of your own. If you ' +
    'have signed in under a profile, name it in AWS_PROFILE. docs/aws.md says how to get both.',
  /** @param command how to sign in */
  expired: (command: string): string =>
    `Your AWS credentials have expired. Sign in again (${command}), then run this again.`,
  expiredVariables:
    'The AWS credentials in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN have expired. Put new ones ' +
    'there; or take all three out of the environment and sign in (aws login). Then run this again.',
  noProfile: (profile: string): string =>
    `AWS_PROFILE says ${profile}, and there are no credentials under that name (~/.aws/config, ~/.aws/credentials). Sign in under ` +
    `that name (aws login --profile ${profile}), or take AWS_PROFILE out of the environment.`,
  needsMfa: (profile: string): string =>
    `The profile ${profile} takes a role that asks for a code (MFA), which this command cannot ask for. Sign in with ` +
    'aws login instead, which does.',
  /** @param services by their names */
  notActivated: (services: readonly string[]): string =>
    `AWS does not let this account use ${services.join(', ')} yet, so nothing was made. An account that is new is ` +
    'activated within 24 hours, once its way to pay and its telephone number are confirmed: look for mail from AWS, and ' +
    'finish what the console asks for (Billing and Cost Management). If it is older than that, its support plan can ask ' +
    'AWS why (Support Center, Account and billing; that costs nothing). Then run this again.',
  notActivatedAtAll:
    'AWS does not let this account use one of the services that the house needs yet. An account that is new is activated ' +
    'within 24 hours, once its way to pay and its telephone number are confirmed: look for mail from AWS, and finish ' +
    'what the console asks for (Billing and Cost Management). Then run this again.',
  regionOff: (region: string): string =>
    `The Region ${region} is not switched on in your account. Switch it on in the AWS console (the account's menu, ` +
    `Account, AWS Regions; that takes a few minutes), with aws account enable-region --region-name ${region}, or take ` +
    'another one with --region.',
  wrongKeys:
    'AWS does not know these credentials: the access key is wrong, or was deleted. Look at AWS_ACCESS_KEY_ID, ' +
    'AWS_PROFILE and ~/.aws/credentials.',
  clock:
    "This computer's clock is wrong, so AWS refuses what it signs. Set the clock to follow the internet, then run " +
    'this again.',
  noRegion: 'It is not said in which AWS Region. Add --region, such as --region eu-central-1.',
  root:
    "You are signed in as the account's root user, who can do anything and cannot be limited. Make a user of your own " +
    'in the AWS console (IAM, Users) and sign in as that one (aws login). docs/aws.md says how.',
  /** @param endpoint where AWS_ENDPOINT_URL leads @param why a sentence */
  elsewhere: (endpoint: string, why: string): string =>
    `AWS_ENDPOINT_URL is set in this shell, so I asked ${endpoint} and not AWS itself, and there is no AWS account there: ${why} ` +
    'If you have set it for npm run local-aws, that has no house in it. Take AWS_ENDPOINT_URL and the keys that go with it ' +
    'out of the environment (or open a new terminal), then run this again.',
  unreachable: (code: string): string =>
    `AWS cannot be reached (${code}). Look at this computer's network; if that is well, at --region.`,
  /** @param name of the error, for whoever asks AWS about it */
  busy: (name: string): string =>
    `AWS is too busy just now, or this account has asked too often (${name}). Wait a minute, then run this again.`,
  denied: (action: string): string =>
    `Your AWS user may not do this: ${action}. The deployment needs an administrator (the policy AdministratorAccess).`,
  /** @param message AWS's own */
  deniedWithoutAction: (message: string): string =>
    `AWS refuses this to your user, or to your account as a whole (${message}). The deployment needs an administrator ` +
    '(the policy AdministratorAccess). If you are one, look for mail from AWS about the account, and at the policies of ' +
    'your organization, then run this again.',
} as const;
