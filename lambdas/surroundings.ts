import { Logger } from '@aws-lambda-powertools/logger';
import { Api } from 'grammy';
import { readConfig } from '../party/config.ts';
import { createServices, type Services } from '../party/services.ts';

/** Seconds: shorter than the Lambdas' own 30, so that an answer that never comes is still an error of ours. */
const telegramTimeout = 20;

/**
 * What every Lambda builds once per process: the services from the environment, with structured logs.
 *
 * @param name the Lambda's, as it stands in the logs
 * @throws ConfigurationError when the environment is not complete
 */
export function buildServices(name: string): Services {
  return createServices(readConfig(process.env), { log: new Logger({ serviceName: name }) });
}

/** The Bot API for those Lambdas that only send, and the id of the bot that sends. */
export async function buildApi(services: Services): Promise<{ api: Api; botId: number }> {
  const { token } = await services.botSecret();
  const { TELEGRAM_API_ROOT } = services.config;
  const api = new Api(token, {
    timeoutSeconds: telegramTimeout,
    ...(TELEGRAM_API_ROOT && { apiRoot: TELEGRAM_API_ROOT }),
  });
  // A token begins with its bot's id (Bot API, "Authorizing your bot").
  return { api, botId: Number(token.split(':')[0]) };
}
