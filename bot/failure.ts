import { type ErrorHandler, GrammyError } from 'grammy';
import { awsFailureOf } from '../party/aws-failure.ts';
import { RecognitionError } from '../party/errors.ts';
import type { Log } from '../party/log.ts';
import { loggable } from '../party/loggable.ts';
import type { BotContext } from './context.ts';
import { failureText, failureWords } from './failure.text.ts';

/**
 * Answers in words when a feature failed, and logs why. It counts as handled then: what has been done in part
 * would be done twice if the update came again.
 */
export function answerInWords(log: Log): ErrorHandler<BotContext> {
  return async ({ error, ctx }) => {
    log.error('An update failed', { updateId: ctx.update.update_id, ...loggable(error) });
    try {
      const told = wordsFor(error);
      if (!(await alerted(ctx, told))) await ctx.reply(told);
    } catch (failure) {
      log.error('The failure could not be told', { updateId: ctx.update.update_id, ...loggable(failure) });
    }
  };
}

function wordsFor(error: unknown): string {
  if (isStorageFull(error)) return failureText.storageFull;
  // Its message is for the host.
  if (error instanceof RecognitionError) return failureText.failed(error.message);
  return failureWords(awsFailureOf(error));
}

/** @returns false when it was no press of a button, or one that has been answered already */
async function alerted(ctx: BotContext, text: string): Promise<boolean> {
  if (!ctx.callbackQuery) return false;
  try {
    return await ctx.answerCallbackQuery({ text, show_alert: true });
  } catch (error) {
    if (error instanceof GrammyError) return false;
    throw error;
  }
}

/** The service that keeps things has no room (HTTP's 507, as a disk has it; AWS's own services never have). */
function isStorageFull(error: unknown): boolean {
  const { $metadata } = (error ?? {}) as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return $metadata?.httpStatusCode === 507;
}
