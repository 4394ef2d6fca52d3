import type { ScreenFile } from './files.ts';

/** An HTTP answer as a function URL takes it ("Lambda function URLs: response payload format"). */
export interface ScreenAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** For all answers: the address is a secret, so it is kept nowhere and told to nobody. */
const discreet = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
} as const;

/** An answer in text. */
export const answered = (
  statusCode: number,
  body: string,
  headers: Record<string, string> = {},
): ScreenAnswer => ({
  statusCode,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...discreet, ...headers },
  body,
});

/** An answer in JSON. */
export const json = (body: object): ScreenAnswer =>
  answered(200, JSON.stringify(body), { 'content-type': 'application/json' });

/** A file of the page. */
export const fileOf = ({ type, text }: ScreenFile): ScreenAnswer =>
  answered(200, text, { 'content-type': type });

/** For all that is not there, and for all who may not know what is. */
export const notFound: ScreenAnswer = answered(404, 'Not found\n');
