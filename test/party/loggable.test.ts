import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BotError, type Context, GrammyError, HttpError } from 'grammy';
import { loggable, redact, redactError } from '../../party/loggable.ts';

const token = '4200000001:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp';

const refused = new GrammyError(
  'Call to sendMessage failed!',
  { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' },
  'sendMessage',
  { chat_id: 1, text: 'Xaverina has arrived' },
);
const refusal = {
  error: 'GrammyError',
  method: 'sendMessage',
  code: 403,
  description: 'Forbidden: bot was blocked by the user',
};

const cases: Array<[what: string, thrown: unknown, expected: object]> = [
  ['a call that the Bot API refused', refused, refusal],
  [
    'the same, thrown while an update was handled',
    new BotError(refused, { update: { message: { text: 'Xaverina' } } } as Context),
    refusal,
  ],
  [
    'a call that did not get through',
    new HttpError(`Network request failed at https://api.telegram.org/bot${token}/getMe`, {}),
    { error: 'HttpError', reason: 'Network request failed at https://api.telegram.org/bot<token>/getMe' },
  ],
  [
    'a call that AWS refused',
    Object.assign(new Error('Rate exceeded'), {
      name: 'ThrottlingException',
      $metadata: { requestId: 'r-1', httpStatusCode: 400 },
    }),
    { error: 'ThrottlingException', reason: 'Rate exceeded', awsRequestId: 'r-1', status: 400 },
  ],
  [
    'a system call',
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', cause: new Error('Xaverina') }),
    { error: 'Error', reason: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
  ],
  ['what is no error', { name: 'Xaverina' }, { error: 'object' }],
];
for (const [what, thrown, expected] of cases) {
  test(`what may be logged of ${what}`, () => {
    const { stack = '', ...fields } = loggable(thrown);
    assert.deepEqual(fields, expected);
    assert.doesNotMatch(String(stack), /Xaverina|AAbbCC/);
  });
}

const texts: Array<[text: string, redacted: string]> = [
  [
    `https://api.telegram.org/file/bot${token}/photos/1.jpg`,
    'https://api.telegram.org/file/bot<token>/photos/1.jpg',
  ],
  ['rtsp://door:s3cret@192.168.1.20/stream1', 'rtsp://<credentials>@192.168.1.20/stream1'],
  [
    'rtsp://door:p@ss@camera:554/a and mail to host@home',
    'rtsp://<credentials>@camera:554/a and mail to host@home',
  ],
  ['rtsp://192.168.1.20/user@stream', 'rtsp://192.168.1.20/user@stream'],
];
for (const [text, redacted] of texts) {
  test(`${text} becomes ${redacted}`, () => assert.equal(redact(text), redacted));
}

test('an error that is redacted keeps its name and loses its cause and its members', () => {
  const error = Object.assign(new TypeError(`at ${token}`, { cause: 'Xaverina' }), { payload: 'Xaverina' });
  const redacted = redactError(error);
  assert.deepEqual([redacted.name, redacted.message], ['TypeError', 'at <token>']);
  assert.doesNotMatch(`${redacted.stack}`, /AAbbCC/);
  assert.deepEqual([redacted.cause, Object.keys(redacted)], [undefined, []]);
});
