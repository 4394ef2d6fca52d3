import type { InvocationResult } from './functions.ts';

/** An HTTP answer. */
export interface UrlResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

/** Of an event and of an answer: 6 MB. */
export const maxPayloadBytes = 6 * 1024 * 1024;

/**
 * The HTTP answer that a function's URL makes of an invocation ("Lambda function URLs: response payload
 * format"). A failed invocation, an answer that is not of this format, or one of more than 6 MB is a 502.
 */
export function urlResponse({ payload, functionError }: InvocationResult): UrlResponse {
  if (functionError || Buffer.byteLength(payload) > maxPayloadBytes) return badGateway;
  const answer: unknown = JSON.parse(payload);
  // Without a status code the whole answer is the body.
  if (typeof answer !== 'object' || answer === null || !('statusCode' in answer)) return plain(200, payload);
  const { statusCode, headers = {}, cookies, body = '', isBase64Encoded } = answer as Record<string, unknown>;
  const status = Number(statusCode);
  if (!(Number.isInteger(status) && status >= 200 && status <= 599)) return badGateway;
  if (typeof body !== 'string' || typeof headers !== 'object' || headers === null) return badGateway;
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...lowerCased(headers),
      ...(Array.isArray(cookies) && { 'set-cookie': cookies.map(String) }),
    },
    body: Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

/** An answer that does not come from the function. */
export function plain(status: number, text: string): UrlResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) };
}

const badGateway = plain(502, 'Internal Server Error');

function lowerCased(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
