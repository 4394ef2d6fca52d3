import type { ApiResponse } from 'grammy/types';
import { TelegramRefusedError, TelegramUnreachableError, TokenRefusedError } from './errors.ts';

const callTimeoutMs = 20_000;

/** The few Bot API calls of the relay. No error of it carries the token or an address that has it. */
export class RelayApi {
  readonly #base: string;
  readonly #signal: AbortSignal;

  constructor(apiRoot: string, token: string, signal: AbortSignal) {
    this.#base = `${apiRoot}/bot${token}`;
    this.#signal = signal;
  }

  /**
   * Calls a method; `extraMs` is how long Telegram may hold the call open.
   * @throws TokenRefusedError, TelegramRefusedError, TelegramUnreachableError
   */
  async call<T>(method: string, parameters: object = {}, extraMs = 0): Promise<T> {
    const answer = await this.#post<T>(method, parameters, callTimeoutMs + extraMs);
    if (answer.ok) return answer.result;
    const { error_code, description, parameters: advice } = answer;
    if (error_code === 401 || error_code === 404) throw new TokenRefusedError();
    throw new TelegramRefusedError(method, error_code, description, advice?.retry_after);
  }

  async #post<T>(method: string, parameters: object, timeoutMs: number): Promise<ApiResponse<T>> {
    try {
      const response = await fetch(`${this.#base}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(parameters),
        signal: AbortSignal.any([this.#signal, AbortSignal.timeout(timeoutMs)]),
      });
      return (await response.json()) as ApiResponse<T>;
    } catch (error) {
      // The cause of a failed fetch may name the address, so only its code goes on.
      const code = (error as { cause?: { code?: unknown } }).cause?.code;
      const reason = typeof code === 'string' ? code : (error as Error).name;
      throw new TelegramUnreachableError(`Telegram cannot be reached (${reason}).`);
    }
  }
}
