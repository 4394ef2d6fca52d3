import type { UserFromGetMe } from 'grammy/types';

/** The token does not look like one of BotFather's, so no bot id can be read from it. */
export class BadTokenError extends Error {
  override name = 'BadTokenError';
}

/**
 * The bot as getMe shows it; its id is the token's number, as on Telegram.
 * @throws BadTokenError
 */
export function botUser(token: string, name: string, username: string): UserFromGetMe {
  const id = Number(/^(\d{1,15}):[A-Za-z0-9_-]{10,}$/.exec(token)?.[1]);
  if (!Number.isSafeInteger(id)) {
    throw new BadTokenError(
      'A bot token is a number, a colon and at least ten letters, as BotFather gives them.',
    );
  }
  return {
    id,
    is_bot: true,
    first_name: name,
    username,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  };
}
