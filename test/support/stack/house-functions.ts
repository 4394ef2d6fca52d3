import { buildApi, buildChat } from '../../../lambdas/bot-api.ts';
import { createMatch } from '../../../lambdas/match.ts';
import { createPictures } from '../../../lambdas/pictures.ts';
import { createTick } from '../../../lambdas/tick.ts';
import { createWebhook } from '../../../lambdas/webhook.ts';
import { type LambdaFunction, LambdaFunctions } from '../../../local/lambda/functions.ts';
import { readConfig } from '../../../party/config.ts';
import type { Log } from '../../../party/log.ts';
import { createServices, type Services } from '../../../party/services.ts';

/** What a function of the house does with an event. */
type Handler = (event: never) => Promise<unknown>;

/** The functions that a party needs, by what their names end with. */
const builders: Readonly<Record<string, (services: Services) => Promise<Handler>>> = {
  webhook: async (services) => createWebhook(services),
  match: async (services) => createMatch(services, await buildChat(services)),
  tick: async (services) => createTick(services, await buildChat(services)),
  pictures: async (services) =>
    createPictures(services, await buildChat(services), (await buildApi(services)).api),
};

/** What a stack's functions run with. */
export interface HouseFunctionsOptions {
  readonly stackName: string;
  /** A function's environment as the stack has it now; the rest is this process's own. */
  readonly variablesOf: (functionName: string) => Readonly<Record<string, string>>;
  readonly log: Log;
}

/** A house's functions in this process. Each is built anew once its environment is another, as on Lambda. */
export function houseFunctions({ stackName, variablesOf, log }: HouseFunctionsOptions): LambdaFunctions {
  const entries = Object.entries(builders).map(([name, build]): [string, LambdaFunction] => {
    const functionName = `${stackName}-${name}`;
    let builtFor: string | undefined;
    let built: Promise<Handler> | undefined;
    const handler = async (event: never): Promise<unknown> => {
      const variables = variablesOf(functionName);
      const text = JSON.stringify(variables);
      if (text !== builtFor) built = undefined;
      builtFor = text;
      built ??= build(createServices(readConfig({ ...process.env, ...variables }), { log }));
      return (await built)(event);
    };
    return [functionName, { handler, timeoutSeconds: 55 }];
  });
  return new LambdaFunctions(Object.fromEntries(entries), { log: (line) => log.error(line) });
}
