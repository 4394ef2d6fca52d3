import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateSecretCommand,
  type CreateSecretCommandInput,
  type CreateSecretCommandOutput,
  DeleteSecretCommand,
  DescribeSecretCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceNotFoundException,
  RestoreSecretCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { secretWithWebhook } from '../../party/automation/secret-with-webhook.ts';
import { type BotSecret, type KeptSecret, readKeptSecret } from '../../party/stores/secret.ts';

/** The secret's name, by the stack's. It is made before the stack, so that no template ever holds the token. */
export const secretName = (stack: string): string => `${stack}/bot`;

/** How long another secret of the name may take to be gone, and how often it is looked for, in milliseconds. */
const patience = 60_000;
const tryEvery = 1000;

const description =
  "Musical Joy: the bot's token, the webhook's secret and the code that makes the host the host.";

/**
 * The bot's secret as it is kept; undefined when there is none.
 *
 * @param restored called when it was to be deleted and has been taken back
 * @throws ConfigurationError when it is broken
 */
export async function findSecret(
  client: SecretsManagerClient,
  stack: string,
  restored: () => void,
): Promise<KeptSecret | undefined> {
  try {
    return await readKeptSecret(client, secretName(stack));
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    // Deleted by hand, and not yet gone: it is taken back, for its name is taken until then.
    if (error instanceof InvalidRequestException) return takeBack(client, stack, restored);
    throw error;
  }
}

async function takeBack(
  client: SecretsManagerClient,
  stack: string,
  restored: () => void,
): Promise<KeptSecret | undefined> {
  try {
    await client.send(new RestoreSecretCommand({ SecretId: secretName(stack) }));
  } catch (error) {
    // Deleted for good a moment ago: there is nothing to take back.
    if (error instanceof ResourceNotFoundException || error instanceof InvalidRequestException)
      return undefined;
    throw error;
  }
  restored();
  return readKeptSecret(client, secretName(stack));
}

/** What of the secret a host can have otherwise. */
export interface WantedSecret {
  readonly token: string;
  /** Where arrivals are posted to; nowhere if not given. */
  readonly arrivalWebhook?: string | undefined;
}

/**
 * Keeps what is wanted. What the webhook and the host's link need is made once and stays, whatever the token.
 *
 * @param kept what is there, from {@link findSecret}
 * @param waiting called when another of its name must be gone first
 * @returns the secret as it is now
 */
export async function keepSecret(
  client: SecretsManagerClient,
  stack: string,
  { token, arrivalWebhook }: WantedSecret,
  kept: KeptSecret | undefined,
  waiting: () => void,
): Promise<KeptSecret> {
  if (kept?.secret.token === token && kept.secret.arrivalWebhook === arrivalWebhook) return kept;
  const withToken: BotSecret = {
    webhookSecret: randomBytes(32).toString('base64url'),
    claimCode: randomBytes(12).toString('base64url'),
    ...kept?.secret,
    token,
  };
  const secret = secretWithWebhook(withToken, arrivalWebhook);
  const SecretString = JSON.stringify(secret);
  const { VersionId: version = '' } = kept
    ? await client.send(new PutSecretValueCommand({ SecretId: secretName(stack), SecretString }))
    : await create(client, { Name: secretName(stack), Description: description, SecretString }, waiting);
  return { secret, version };
}

/**
 * One that was deleted for good takes a moment to be gone, and until then another of its name is refused: to be tried
 * again, says the API reference (DeleteSecret, ForceDeleteWithoutRecovery).
 */
async function create(
  client: SecretsManagerClient,
  secret: CreateSecretCommandInput,
  waiting: () => void,
): Promise<CreateSecretCommandOutput> {
  const giveUp = Date.now() + patience;
  for (let tries = 0; ; tries++) {
    try {
      return await client.send(new CreateSecretCommand(secret));
    } catch (error) {
      if (!(error instanceof InvalidRequestException) || Date.now() > giveUp) throw error;
      if (tries === 0) waiting();
      await delay(tryEvery);
    }
  }
}

/** Whether there is one, whatever is in it. */
export async function hasSecret(client: SecretsManagerClient, stack: string): Promise<boolean> {
  try {
    await client.send(new DescribeSecretCommand({ SecretId: secretName(stack) }));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}

/** Deletes it at once and for good, also when it was to be deleted later; none is no error. */
export async function deleteSecret(client: SecretsManagerClient, stack: string): Promise<void> {
  try {
    await client.send(
      new DeleteSecretCommand({ SecretId: secretName(stack), ForceDeleteWithoutRecovery: true }),
    );
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}
