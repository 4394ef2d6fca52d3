import { ResourceNotFoundException as NoSecretException } from '@aws-sdk/client-secrets-manager';
import { GrammyError, HttpError } from 'grammy';
import { loggable } from '../../party/loggable.ts';
import { setupText as say } from './setup.text.ts';

/** Why something failed, in words for the host, and never with the token. */
export function whyFailed(error: unknown): string {
  if (error instanceof NoSecretException) return say.noSecret;
  // Telegram says 401 of a token that was revoked, and 404 of one that never was.
  if (error instanceof GrammyError && [401, 404].includes(error.error_code)) return say.wrongToken;
  if (error instanceof GrammyError) return `Telegram: ${error.description}.`;
  if (error instanceof HttpError) return say.unreachable;
  if (error instanceof DOMException && error.name === 'TimeoutError') return say.noAnswer;
  const { reason, error: name } = loggable(error);
  return reason ? String(reason) : String(name);
}
