import * as z from 'zod';
import { ConfigurationError } from '../../party/errors.ts';
import { setupText as say } from './setup.text.ts';

const name = z.string().min(1);

const schema = z.object({
  /** The webhook's function URL. */
  WebhookUrl: z.url(),
  BotSecretId: name,
  /** Which version of the secret; the current one if there is none. */
  BotSecretVersion: name.optional(),
  BucketName: name,
  /** Whether all that is in the bucket is deleted with the house. */
  EmptyBucket: z.enum(['true', 'false']),
  /** How the house recognises. */
  Recognition: z.enum(['video', 'images', 'asleep']).optional(),
  /** What names the code. */
  Version: name.optional(),
  /** The producer's user. */
  ProducerUserName: name.optional(),
  /** The stream processor's name, where the recognition is by streaming video. */
  VideoStreamName: name.optional(),
});

/** What the stack says of the house to its setup. CloudFormation passes texts alone. */
export type SetupProperties = z.infer<typeof schema>;

/** @throws ConfigurationError that names every property that is missing or wrong */
export function readSetupProperties(properties: unknown): SetupProperties {
  const result = schema.safeParse(properties);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigurationError(say.broken(wrong.join('; ')));
}
