import type { Context } from 'grammy';

/** What a feature is handed with each update. */
export type BotContext = Context;
