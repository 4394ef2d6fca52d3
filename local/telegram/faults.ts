/** What a fault does instead of, or around, a method. */
export type Fault =
  /** Answers with this status and does nothing: 429 with `retryAfter` seconds, 500, 403 and so on. */
  | { readonly status: number; readonly description?: string; readonly retryAfter?: number }
  /** Never answers, until the caller gives up: before doing anything, or after all of it was done. */
  | { readonly hang: 'before' | 'after' }
  /** Cuts the connection, before doing anything or after all of it was done. */
  | { readonly cut: 'before' | 'after' };

const wordsOf: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
};

/** Faults that a test puts into Bot API methods; `*` stands for every method. There is no way to them by HTTP. */
export class Faults {
  readonly #next = new Map<string, Fault[]>();
  readonly #lasting = new Map<string, Fault>();

  /** The next calls of a method fail, one for each fault given, in this order. */
  next(method: string, ...faults: readonly Fault[]): void {
    const key = method.toLowerCase();
    this.#next.set(key, [...(this.#next.get(key) ?? []), ...faults]);
  }

  /** Every call of a method fails until the returned function is called. */
  always(method: string, fault: Fault): () => void {
    const key = method.toLowerCase();
    this.#lasting.set(key, fault);
    return () => {
      if (this.#lasting.get(key) === fault) this.#lasting.delete(key);
    };
  }

  /** Takes the fault that a call meets now. */
  take(method: string): Fault | undefined {
    const key = method.toLowerCase();
    return (
      this.#next.get(key)?.shift() ??
      this.#next.get('*')?.shift() ??
      this.#lasting.get(key) ??
      this.#lasting.get('*')
    );
  }
}

/** The description and parameters with which a fault's status is answered. */
export function faultAnswer(fault: { status: number; description?: string; retryAfter?: number }) {
  const { status, retryAfter } = fault;
  const words = wordsOf[status] ?? 'Error';
  const description =
    fault.description ?? (retryAfter === undefined ? words : `${words}: retry after ${retryAfter}`);
  return {
    ok: false as const,
    error_code: status,
    description,
    ...(retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } }),
  };
}
