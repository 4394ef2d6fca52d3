/** The token is not (or no longer) one of Telegram's. */
export class TokenRefusedError extends Error {
  override name = 'TokenRefusedError';
  constructor(options?: ErrorOptions) {
    super('Telegram does not know this BOT_TOKEN. Copy it again from @BotFather, whole.', options);
  }
}

/** The bot's updates go to a webhook somewhere else; polling would take them away from there. */
export class WebhookElsewhereError extends Error {
  override name = 'WebhookElsewhereError';
  /** Host of the webhook that is set. */
  readonly host: string;

  constructor(host: string, options?: ErrorOptions) {
    super(
      `This BOT_TOKEN is in use: its webhook is set to ${host}. Make another bot with @BotFather for this machine, ` +
        'or start with --take-over to remove that webhook.',
      options,
    );
    this.host = host;
  }
}

/** Another program asks for this bot's updates. */
export class PollingConflictError extends Error {
  override name = 'PollingConflictError';
  constructor(options?: ErrorOptions) {
    super('Another program is polling with this BOT_TOKEN. Stop it there, or use another bot here.', options);
  }
}

/** A call that Telegram answered, but not with `ok`. */
export class TelegramRefusedError extends Error {
  override name = 'TelegramRefusedError';
  readonly code: number;
  /** Seconds to wait, when Telegram says so. */
  readonly retryAfter: number | undefined;

  constructor(method: string, code: number, description: string, retryAfter?: number) {
    super(`Telegram answered ${method} with ${code}: ${description}`);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** Telegram could not be reached, or what came back was not an answer of the Bot API. */
export class TelegramUnreachableError extends Error {
  override name = 'TelegramUnreachableError';
}

/** The webhook handler did not take an update. */
export class WebhookRefusedError extends Error {
  override name = 'WebhookRefusedError';
  /** Seconds to wait, when the handler says so. */
  readonly retryAfter: number;

  constructor(message: string, retryAfter = 0, options?: ErrorOptions) {
    super(message, options);
    this.retryAfter = retryAfter;
  }
}
