import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { ConfigurationError } from '../errors.ts';

const botToken = z.string().regex(/^\d+:[\w-]{20,}$/);

/** Whether a text looks like a bot's token from @BotFather; only Telegram knows whether it is one. */
export const isBotToken = (text: string): boolean => botToken.safeParse(text).success;

const secret = z.object({
  /** The bot's token from @BotFather. */
  token: botToken,
  /** What Telegram sends in `X-Telegram-Bot-Api-Secret-Token` with each update. */
  webhookSecret: z.string().regex(/^[\w-]{1,256}$/),
  /** Makes the first user who says `/start <code>` the host. */
  claimCode: z.string().regex(/^[\w-]{8,64}$/),
  /** Where arrivals are posted to besides the chat (`ARRIVAL_WEBHOOK`); its path may be a secret. */
  arrivalWebhook: z.url().optional(),
  /** What they are signed with; it stays when they are posted nowhere for a while. */
  arrivalWebhookKey: z
    .string()
    .regex(/^whsec_[A-Za-z\d+/]{32,88}={0,2}$/)
    .optional(),
});

/** What the bot keeps to itself; one JSON secret. */
export type BotSecret = z.infer<typeof secret>;

/** A secret as it is kept. */
export interface KeptSecret {
  readonly secret: BotSecret;
  /** Names this state of it; whatever is put in its place has another version. */
  readonly version: string;
}

/**
 * @param id the secret's name or ARN
 * @param version the current one if not given
 * @throws ConfigurationError when it is not what it should be; never with any part of it in the message
 */
export async function readKeptSecret(
  client: SecretsManagerClient,
  id: string,
  version?: string,
): Promise<KeptSecret> {
  const { SecretString = '', VersionId = '' } = await client.send(
    new GetSecretValueCommand({ SecretId: id, VersionId: version }),
  );
  try {
    return { secret: secret.parse(JSON.parse(SecretString)), version: VersionId };
  } catch {
    throw new ConfigurationError(
      `The secret ${id} must be JSON with token (from @BotFather), webhookSecret and claimCode.`,
    );
  }
}

/** What is in it alone, as {@link readKeptSecret}. */
export const readBotSecret = async (
  client: SecretsManagerClient,
  id: string,
  version?: string,
): Promise<BotSecret> => (await readKeptSecret(client, id, version)).secret;
