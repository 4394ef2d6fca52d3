import type { Api } from 'grammy';
import { botIdOf, createApi } from '../bot/api.ts';
import type { ArrivalServices } from '../party/arrival-services.ts';

/**
 * The Bot API for those Lambdas that only send, and the id of the bot that sends.
 *
 * @param timeoutSeconds for each call; shorter than the Lambda lives, so that no answer is an error of ours
 */
export async function buildApi(
  services: Pick<ArrivalServices, 'botSecret' | 'config'>,
  timeoutSeconds?: number,
): Promise<{ api: Api; botId: number }> {
  const { token } = await services.botSecret();
  return { api: createApi(token, services.config.TELEGRAM_API_ROOT, timeoutSeconds), botId: botIdOf(token) };
}
