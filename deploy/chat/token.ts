import { isBotToken } from '../../party/stores/secret.ts';
import { CommandError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';
import { askTelegram, type Bot, TokenRefusedError } from './telegram.ts';
import { tokenText } from './token.text.ts';

/** A token, and the bot that it opens. */
export interface BotToken {
  readonly token: string;
  readonly bot: Bot;
}

/** Where a token can come from, in this order. */
export interface TokenSources {
  /** BOT_TOKEN in the environment or in `.env`. */
  readonly given: string | undefined;
  /** The one in the house's secret. */
  readonly kept: string | undefined;
  readonly terminal: Terminal;
  readonly apiRoot: string | undefined;
}

/**
 * The bot's token, known to be one: given, kept from before, or asked for until it is right.
 *
 * @throws CommandError when a given one is wrong, or nobody can be asked. Never with the token in it
 */
export async function findToken({ given, kept, terminal, apiRoot }: TokenSources): Promise<BotToken> {
  if (given) {
    if (!isBotToken(given)) throw new CommandError(`BOT_TOKEN: ${tokenText.wrongForm}`);
    return { token: given, bot: await askTelegram(given, apiRoot) };
  }
  if (kept) {
    try {
      return { token: kept, bot: await askTelegram(kept, apiRoot) };
    } catch (error) {
      if (!(error instanceof TokenRefusedError)) throw error;
      if (!terminal.interactive) throw new CommandError(tokenText.keptRefused);
      terminal.say(tokenText.keptRefused);
    }
  }
  if (!terminal.interactive) throw new CommandError(tokenText.missing);
  for (;;) {
    const token = await terminal.secret(tokenText.ask, (text) => isBotToken(text) || tokenText.wrongForm);
    try {
      return { token, bot: await askTelegram(token, apiRoot) };
    } catch (error) {
      if (!(error instanceof TokenRefusedError)) throw error;
      terminal.say(error.message);
    }
  }
}
