import { GrammyError, InlineKeyboard } from 'grammy';
import type { BotContext } from './context.ts';

/** As many as a phone shows without scrolling. */
const perPage = 8;

/** One choice of a list. `data` is what comes back when it is pressed, at most 64 bytes (Bot API). */
export interface Choice {
  readonly label: string;
  readonly data: string;
  /** A second button beside it. */
  readonly more?: Omit<Choice, 'more'>;
}

/** What stands on a page, from 0; of one that does not exist (any more), on the nearest. */
export const onPage = <Of>(all: readonly Of[], page: number): Of[] => {
  const first = nearestPage(all, page) * perPage;
  return all.slice(first, first + perPage);
};

const pagesOf = (all: readonly unknown[]): number => Math.max(1, Math.ceil(all.length / perPage));
const nearestPage = (all: readonly unknown[], page: number): number =>
  Math.min(Math.max(0, page), pagesOf(all) - 1);

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
  const pages = pagesOf(choices);
  const shown = nearestPage(choices, page);
  const keyboard = new InlineKeyboard();
  for (const { label, data, more } of onPage(choices, shown)) {
    keyboard.text(label, data);
    if (more) keyboard.text(more.label, more.data);
    keyboard.row();
  }
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

/** Says of a press that there is nothing (any more) that it could do, and takes the message's buttons away: none does. */
export async function expire(ctx: BotContext, text: string): Promise<void> {
  await acknowledge(ctx, text);
  await unlessRefused(ctx.editMessageReplyMarkup());
}

/**
 * Writes over the message with the pressed button, or over its caption; its buttons go, unless there are others. Pressed
 * twice, it reads so already.
 */
export async function overwrite(ctx: BotContext, text: string, keyboard?: InlineKeyboard): Promise<void> {
  const buttons = keyboard ? { reply_markup: keyboard } : {};
  const isCaption = ctx.msg !== undefined && !('text' in ctx.msg);
  await unlessRefused(
    isCaption ? ctx.editMessageCaption({ caption: text, ...buttons }) : ctx.editMessageText(text, buttons),
  );
}

/** Takes the buttons off a message whose question is settled. One that is gone is left. */
export async function takeButtons(ctx: BotContext, messageId: number): Promise<void> {
  await unlessRefused(ctx.api.editMessageReplyMarkup(ctx.chatId!, messageId));
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
