import { refusalText } from './refusals.text.ts';

/**
 * What a host does who is not signed in, or no more, in words: each way to sign in has its own command.
 *
 * @param message of the SDK's error of finding credentials
 */
export function signInWords(message: string, env: NodeJS.ProcessEnv = process.env): string {
  const profile = env.AWS_PROFILE;
  if (/aws sso login|SSO/.test(message)) return refusalText.expired(`aws sso login${of(profile)}`);
  // Where the aws command keeps what it signed in: ~/.aws/login/cache.
  if (/aws login|login_session|Dpop|[\\/]login[\\/]cache/i.test(message))
    return refusalText.expired(`aws login${of(profile)}`);
  if (/multi-factor/.test(message)) return refusalText.needsMfa(profile ?? 'default');
  return profile ? refusalText.noProfile(profile) : refusalText.noCredentials;
}

/** The same for credentials that AWS takes no more. */
export function expiredWords(env: NodeJS.ProcessEnv = process.env): string {
  const { AWS_PROFILE: profile, AWS_SESSION_TOKEN: token } = env;
  if (token && !profile) return refusalText.expiredVariables;
  return refusalText.expired(
    `aws login${of(profile)}, or aws sso login${of(profile)} if that is how you do it`,
  );
}

const of = (profile: string | undefined): string => (profile ? ` --profile ${profile}` : '');
