import { GrammyError, InlineKeyboard } from 'grammy';
import type { BotContext } from './context.ts';

/** As many as a phone shows without scrolling. */
const perPage = 8;

/** One choice of a list. `data` is what comes back when it is pressed, at most 64 bytes (Bot API). */
export interface Choice {
  readonly label: string;
  readonly data: string;
}

/**
 * One page of a list as buttons, one a row, with a row to turn the pages when there are several.
 *
 * @param page from 0; one that does not exist (any more) becomes the nearest
 * @param turnTo the data of the button that shows another page
 */
export function pageOfChoices(
  choices: readonly Choice[],
  page: number,
  turnTo: (page: number) => string,
): InlineKeyboard {
  const pages = Math.max(1, Math.ceil(choices.length / perPage));
  const shown = Math.min(Math.max(0, page), pages - 1);
  const keyboard = new InlineKeyboard();
  for (const { label, data } of choices.slice(shown * perPage, (shown + 1) * perPage))
    keyboard.text(label, data).row();
  if (shown > 0) keyboard.text('‹ Back', turnTo(shown - 1));
  if (shown < pages - 1) keyboard.text('More ›', turnTo(shown + 1));
  return keyboard;
}

/**
 * Ends the button's waiting sign, with a word or without. A press that Telegram has already given up on (after
 * 150 s) needs no answer.
 */
export async function acknowledge(ctx: BotContext, text?: string): Promise<void> {
  await unlessRefused(ctx.answerCallbackQuery(text === undefined ? {} : { text }));
}

/** Writes over the message with the pressed button; its buttons go. Pressed twice, it reads so already. */
export async function overwrite(ctx: BotContext, text: string): Promise<void> {
  await unlessRefused(ctx.editMessageText(text));
}

/** Shows another page of the choices under the message with the pressed button. */
export async function turnPage(ctx: BotContext, keyboard: InlineKeyboard): Promise<void> {
  await acknowledge(ctx);
  await unlessRefused(ctx.editMessageReplyMarkup({ reply_markup: keyboard }));
}

async function unlessRefused(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof GrammyError && error.error_code === 400)) throw error;
  }
}
