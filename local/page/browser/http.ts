/** A request that did not succeed; the message is for people. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  /** The answer's status; none if nothing answered. */
  readonly status: number | undefined;

  constructor(message: string, status?: number, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

const unreachable = 'Musical Joy does not answer. Is it still running?';

/** The JSON at a path of this server. Throws RequestError. */
export async function getJson<T>(path: string): Promise<T> {
  return answerOf<T>(await reach(path));
}

/** Sends JSON and gives the JSON that comes back. Throws RequestError. */
export async function postJson<T>(path: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return answerOf<T>(await reach(path, { method: 'POST', headers, body: JSON.stringify(body) }));
}

/** Sends JSON and gives the picture that comes back. Throws RequestError. */
export async function postForBlob(path: string, body: unknown): Promise<Blob> {
  const headers = { 'content-type': 'application/json' };
  const response = await reach(path, { method: 'POST', headers, body: JSON.stringify(body) });
  return response.ok ? response.blob() : answerOf(response);
}

/** Sends bytes, such as a picture. Throws RequestError. */
export async function postBytes(path: string, body: Blob): Promise<void> {
  await answerOf(await reach(path, { method: 'POST', body }));
}

/**
 * Sends a form with a file; `onProgress` is told the part that is sent, 0 to 1. (fetch cannot tell that.)
 * Throws RequestError.
 */
export function postForm<T>(path: string, form: FormData, onProgress: (sent: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total ? loaded / total : 0),
    );
    request.addEventListener('load', () => {
      resolve(answerOf<T>(new Response(request.response || null, { status: request.status })));
    });
    request.addEventListener('error', () => reject(new RequestError(unreachable)));
    request.responseType = 'blob';
    request.send(form);
  });
}

async function reach(path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (cause) {
    throw new RequestError(unreachable, undefined, { cause });
  }
}

async function answerOf<T>(response: Response): Promise<T> {
  const text = await response.text();
  const { ok, status } = response;
  if (!ok) throw new RequestError(reasonIn(text) ?? `That did not work (${status}).`, status);
  return (text ? JSON.parse(text) : undefined) as T;
}

function reasonIn(text: string): string | undefined {
  try {
    const { error, description } = JSON.parse(text);
    return error ?? description;
  } catch {
    return text.length > 0 && text.length < 300 ? text : undefined;
  }
}

/** What went wrong, in words. */
export function inWords(error: unknown): string {
  return error instanceof RequestError ? error.message : `Something went wrong: ${String(error)}`;
}
