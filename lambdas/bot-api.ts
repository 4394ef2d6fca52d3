import type { Api } from 'grammy';
import { botIdOf, createApi } from '../bot/api.ts';
import { type ChatServices, createChat } from '../bot/chat.ts';
import type { ArrivalServices } from '../party/arrival-services.ts';
import type { Chat } from '../party/chat.ts';

type ApiServices = Pick<ArrivalServices, 'botSecret' | 'config'>;

/**
 * The Bot API, and the id of the bot that speaks by it.
 *
 * @param timeoutSeconds for each call; shorter than the Lambda lives, so that no answer is an error of ours
 */
export async function buildApi(
  { botSecret, config }: ApiServices,
  timeoutSeconds?: number,
): Promise<{ api: Api; botId: number }> {
  const { token } = await botSecret();
  return { api: createApi(token, config.TELEGRAM_API_ROOT, timeoutSeconds), botId: botIdOf(token) };
}

/** The chat for those Lambdas that only send. @param timeoutSeconds for each call */
export async function buildChat(
  services: ChatServices & ApiServices,
  timeoutSeconds?: number,
): Promise<Chat> {
  const { api, botId } = await buildApi(services, timeoutSeconds);
  return createChat(services, api, botId);
}
