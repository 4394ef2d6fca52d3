import { type LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { botIdOf } from '../../bot/api.ts';
import { connectWebhook, createPatientApi, disconnectWebhook } from '../../bot/webhook.ts';
import type { BotSecret } from '../../party/secret.ts';

/** A house that gets another token. */
export interface NewToken {
  /** The secret as it is now. */
  readonly secret: BotSecret;
  /** The token before. */
  readonly old: string;
  readonly webhookUrl: string;
  /** The functions that read the secret when they start, and keep it. */
  readonly functions: readonly string[];
  readonly apiRoot: string | undefined;
}

/**
 * Lets a house that is there go on with another token. The stack does not know the token, so it sees no change: the
 * new bot's updates are sent to the webhook from here, the old bot's no longer, and the functions start afresh.
 */
export async function useNewToken(
  lambda: Pick<LambdaClient, 'send'>,
  { secret, old, webhookUrl, functions, apiRoot }: NewToken,
): Promise<void> {
  const { token, webhookSecret } = secret;
  // A changed configuration ends the execution environments that are still warm. The description is the one setting
  // that means nothing to anybody; it names the bot, never its token.
  for (const FunctionName of functions) {
    const Description = `Musical Joy with bot ${botIdOf(token)}, since ${new Date().toISOString()}`;
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description }));
  }
  // A token that was revoked opens nothing any more, and a bot that was deleted has no webhook.
  if (botIdOf(old) !== botIdOf(token))
    await disconnectWebhook(createPatientApi(old, apiRoot), webhookUrl).catch(() => {});
  await connectWebhook(createPatientApi(token, apiRoot), { url: webhookUrl, webhookSecret });
}
