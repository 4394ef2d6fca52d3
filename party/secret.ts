import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { ConfigurationError } from './errors.ts';

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
});

/** What the bot keeps to itself; one JSON secret. */
export type BotSecret = z.infer<typeof secret>;

/**
 * @param id the secret's name or ARN
 * @throws ConfigurationError when it is not what it should be; never with any part of it in the message
 */
export async function readBotSecret(client: SecretsManagerClient, id: string): Promise<BotSecret> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
  try {
    return secret.parse(JSON.parse(SecretString ?? ''));
  } catch {
    throw new ConfigurationError(
      `The secret ${id} must be JSON with token (from @BotFather), webhookSecret and claimCode.`,
    );
  }
}
