import { GrammyError, HttpError } from 'grammy';
import type { UserFromGetMe, WebhookInfo } from 'grammy/types';
import { createApi } from '../../bot/api.ts';
import { CommandError } from '../errors.ts';
import { tokenText } from './token.text.ts';

/** A bot as Telegram knows it. */
export interface Bot {
  readonly username: string;
  readonly webhook: WebhookInfo;
}

/** Telegram does not know the token. */
export class TokenRefusedError extends CommandError {}

/**
 * Asks Telegram whose token this is, and where the bot's updates go.
 *
 * @param apiRoot where the Bot API is, when not at Telegram's own address
 * @throws TokenRefusedError; CommandError when Telegram cannot be reached. Never with the token in it
 */
export async function askTelegram(token: string, apiRoot: string | undefined): Promise<Bot> {
  const api = createApi(token, apiRoot);
  try {
    const me: UserFromGetMe = await api.getMe();
    return { username: me.username, webhook: await api.getWebhookInfo() };
  } catch (error) {
    // "Unauthorized" for a token that was, "Not Found" for one that never was (Bot API).
    if (error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404))
      throw new TokenRefusedError(tokenText.refused);
    if (error instanceof HttpError) throw new CommandError(tokenText.unreachable(reasonOf(error)));
    throw error;
  }
}

/** `createApi` takes the address out of the error, and leaves the system's code in its message. */
function reasonOf({ message }: HttpError): string {
  return /\(([A-Z_]+)\)$/.exec(message)?.[1] ?? 'no answer';
}

/**
 * Where a bot's updates go, if not to this house.
 *
 * @param own the house's webhook; undefined before there is one
 * @returns the other place's host
 */
export function webhookElsewhere(
  { webhook: { url = '' } }: Bot,
  own: string | undefined,
): string | undefined {
  if (url === '' || url === own) return undefined;
  return URL.canParse(url) ? new URL(url).host : 'another address';
}
