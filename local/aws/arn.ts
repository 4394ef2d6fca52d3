/** The Region and account that everything on this machine says it is in. */
export const localRegion = 'us-east-1';
export const localAccount = '000000000000';

/** The ARN of a resource on this machine, e.g. `arn('kinesis', 'stream/door')`. */
export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${localRegion}:${localAccount}:${resource}`;
}
