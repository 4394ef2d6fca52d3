import { Composer } from 'grammy';
import { buildOnce } from '../party/build-once.ts';
import type { Dispatcher } from '../party/outbox/dispatcher.ts';
import type { Services } from '../party/services.ts';
import type { BotContext } from './context.ts';

/** One thought of the bot's: what it does with the updates that are its own. */
export type Feature = (services: Services, dispatcher: Dispatcher) => Composer<BotContext>;

/**
 * A feature that is loaded with the first press that is its own: the webhook, which every update waits for, should not
 * start with what few need.
 *
 * @param prefix begins the data of all its buttons, and of no others
 */
export const onPressOf = (prefix: string, load: () => Promise<Feature>): Feature =>
  onDemand((ctx) => ctx.callbackQuery?.data?.startsWith(`${prefix}:`) === true, load);

/** The same for commands. */
export const onCommands = (commands: readonly string[], load: () => Promise<Feature>): Feature =>
  onDemand((ctx) => ctx.hasCommand([...commands]), load);

function onDemand(isOwn: (ctx: BotContext) => boolean, load: () => Promise<Feature>): Feature {
  return (services, dispatcher) => {
    const composer = new Composer<BotContext>();
    const feature = buildOnce(async () => (await load())(services, dispatcher));
    composer.filter(isOwn).lazy(feature);
    return composer;
  };
}
