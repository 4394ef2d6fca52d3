import { GrammyError, type Middleware } from 'grammy';
import type { Services } from '../party/services.ts';
import { accessText } from './access.text.ts';
import type { BotContext } from './context.ts';
import { sameSecret } from './same-secret.ts';

/**
 * Who may use the bot: only hosts, in whichever chat. Authority is a user's and is looked up with each update, so
 * that a host who is none any more is refused at once.
 *
 * The first user who opens the deployment's link (`/start <code>`) becomes the house's host. Anyone else is told
 * once, in private, that this is a private party; in a group a stranger is not answered at all.
 *
 * @param claimCode the code of that link
 */
export function access({ hosts, log }: Services, claimCode: string): Middleware<BotContext> {
  return async (ctx, next) => {
    const user = ctx.from;
    if (!user) return;
    if (await hosts.has(user.id)) return next();
    const code = codeIn(ctx);
    if (code !== undefined && sameSecret(code, claimCode)) {
      if (!(await hosts.claimHouse(user.id, user.first_name))) {
        return quietly(ctx.reply(accessText.claimedBefore));
      }
      log.info('The house is claimed', { userId: user.id });
      await quietly(ctx.reply(accessText.claimed));
      return next();
    }
    if (ctx.callbackQuery) {
      return quietly(ctx.answerCallbackQuery({ text: accessText.notYours, show_alert: true }));
    }
    if (ctx.hasChatType('private') && (await hosts.firstRefusal(user.id))) {
      return quietly(ctx.reply(accessText.stranger));
    }
  };
}

/** The code in `/start <code>`, which counts only in private: in a group all would have read it. */
function codeIn(ctx: BotContext): string | undefined {
  if (!ctx.hasChatType('private')) return undefined;
  return /^\/start\s+(\S+)\s*$/.exec(ctx.message?.text ?? '')?.[1];
}

/** A stranger may have blocked the bot: then there is nobody to answer. */
async function quietly(answer: Promise<unknown>): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error;
  }
}
