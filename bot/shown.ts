import type { InlineKeyboard } from 'grammy';

/** A message, as it is sent or written over another one. */
export interface Shown {
  readonly told: string;
  readonly keyboard?: InlineKeyboard;
}
