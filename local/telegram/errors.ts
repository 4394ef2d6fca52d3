import type { ResponseParameters } from 'grammy/types';

/** An answer of the Bot API that is not `ok`, in Telegram's own words. */
export class BotApiError extends Error {
  override name = 'BotApiError';
  /** HTTP status and `error_code`. */
  readonly code: number;
  readonly parameters: ResponseParameters | undefined;

  constructor(code: number, description: string, parameters?: ResponseParameters) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

/** 400: what was asked cannot be done. */
export function badRequest(what: string): BotApiError {
  return new BotApiError(400, `Bad Request: ${what}`);
}

/** 403: the bot may not do that. */
export function forbidden(what: string): BotApiError {
  return new BotApiError(403, `Forbidden: ${what}`);
}

/** A person's request that cannot be done; the message is for people. */
export class PersonError extends Error {
  override name = 'PersonError';
  readonly status: 400 | 403 | 404 | 413 | 415 | 422;

  constructor(status: PersonError['status'], message: string) {
    super(message);
    this.status = status;
  }
}
