import { Logger } from '@aws-lambda-powertools/logger';
import type { Api } from 'grammy';
import { botIdOf, createApi } from '../bot/api.ts';
import { readConfig } from '../party/config.ts';
import { createServices, type Services } from '../party/services.ts';

/**
 * What every Lambda builds once per process: the services from the environment, with structured logs.
 *
 * @param name the Lambda's, as it stands in the logs
 * @throws ConfigurationError when the environment is not complete
 */
export function buildServices(name: string): Services {
  return createServices(readConfig(process.env), { log: new Logger({ serviceName: name }) });
}

/**
 * The Bot API for those Lambdas that only send, and the id of the bot that sends.
 *
 * @param timeoutSeconds for each call; shorter than the Lambda lives, so that no answer is an error of ours
 */
export async function buildApi(
  services: Services,
  timeoutSeconds?: number,
): Promise<{ api: Api; botId: number }> {
  const { token } = await services.botSecret();
  return { api: createApi(token, services.config.TELEGRAM_API_ROOT, timeoutSeconds), botId: botIdOf(token) };
}
