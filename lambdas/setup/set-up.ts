import { botIdOf } from '../../bot/api.ts';
import { connectWebhook, disconnectWebhook } from '../../bot/webhook.ts';
import { loggable } from '../../party/loggable.ts';
import type { Services } from '../../party/services.ts';
import { addCarolSongs, type CarolRecording } from '../../party/songs/carol-songs.ts';
import { readBotSecret } from '../../party/stores/secret.ts';
import type { SetupProperties } from './properties.ts';
import type { TearDownServices } from './tear-down.ts';

/** What setting up and tearing down need. */
export interface SetupServices extends TearDownServices, Pick<Services, 'songs' | 'storage'> {
  readonly carols: () => Promise<readonly CarolRecording[]>;
}

/**
 * Has Telegram bring its updates to the house, and gives the house its carols. Safe to repeat.
 *
 * @param id the resource's
 */
export async function setUp(
  id: string,
  { WebhookUrl, BotSecretId, BotSecretVersion }: SetupProperties,
  services: SetupServices,
): Promise<void> {
  const { setups, secrets, api, carols } = services;
  await setups.add(id);
  // Read anew each time: a host who deploys again may have changed the token.
  const { token, webhookSecret } = await readBotSecret(secrets, BotSecretId, BotSecretVersion);
  await connectWebhook(api(token), { url: WebhookUrl, webhookSecret });
  await addCarolSongs(await carols(), services);
}

/** The bot that was the house's before sends it no updates any more. Never throws: it may not be there any more. */
export async function leaveFormerBot(
  formerVersion: unknown,
  { WebhookUrl, BotSecretId, BotSecretVersion }: SetupProperties,
  { secrets, api, log }: SetupServices,
): Promise<void> {
  if (typeof formerVersion !== 'string' || formerVersion === BotSecretVersion) return;
  try {
    const former = await readBotSecret(secrets, BotSecretId, formerVersion);
    const { token } = await readBotSecret(secrets, BotSecretId, BotSecretVersion);
    if (botIdOf(former.token) !== botIdOf(token)) await disconnectWebhook(api(former.token), WebhookUrl);
  } catch (error) {
    log.warn('The former bot may still have its webhook', loggable(error));
  }
}
