import { Composer } from 'grammy';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { namedFace } from './named-face.ts';
import { whoIsIt } from './who-is-it.ts';

/** What hosts can do about a face at the door that nobody has named. */
export function unknownFace(services: Services, dispatcher: Dispatcher): Composer<BotContext> {
  return new Composer<BotContext>().use(whoIsIt(services, dispatcher), namedFace(services, dispatcher));
}
