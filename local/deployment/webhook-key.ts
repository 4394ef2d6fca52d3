import path from 'node:path';
import type { BotSecret } from '../../party/stores/secret.ts';
import { writeFileAtomic } from '../disk/atomic-file.ts';

/**
 * Puts the key with which posted arrivals are signed where the host finds it, for whatever checks them. Nobody else can
 * read the file.
 *
 * @returns the file's path; undefined when arrivals are posted nowhere
 */
export async function showWebhookKey(
  folder: string,
  { arrivalWebhook, arrivalWebhookKey }: BotSecret,
): Promise<string | undefined> {
  if (arrivalWebhook === undefined || arrivalWebhookKey === undefined) return undefined;
  const file = path.join(folder, 'arrival-webhook.key');
  await writeFileAtomic(file, `${arrivalWebhookKey}\n`, { mode: 0o600 });
  return file;
}
