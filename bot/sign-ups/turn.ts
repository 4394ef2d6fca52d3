import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';

/** What it takes to answer a guest. */
export interface GuestTurn {
  readonly services: Services;
  /** By which hosts are asked. */
  readonly dispatcher: Dispatcher;
  readonly ctx: BotContext;
}
