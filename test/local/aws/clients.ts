import type { LocalAws } from '../../../local/aws/server.ts';

/** The keys that the tests' servers know. */
export const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };

/** What every SDK client of a test is made with: this server, its keys, and no second try. */
export function clientOptions(aws: LocalAws) {
  return { endpoint: aws.url, region: 'us-east-1', credentials: localCredentials, maxAttempts: 1 };
}
