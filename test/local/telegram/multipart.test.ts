import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MultipartError, readMultipart } from '../../../local/telegram/multipart.ts';

const formType = 'multipart/form-data; boundary="a b"';
const body = (...lines: string[]) => Buffer.from(lines.join('\r\n'));

test('fields and files are read, with quotes or without, in any case', () => {
  const parts = readMultipart(
    body(
      '--a b',
      'content-disposition:form-data;name="chat_id"',
      '',
      '12',
      '--a b',
      'Content-Disposition: form-data; name=f; filename="a %22b%22.mp3"',
      'Content-Type: audio/mpeg',
      '',
      'one\r\n--a\r\ntwo',
      '--a b',
      'content-disposition:form-data;name="g";filename=plain name.mp3',
      '',
      '',
      '--a b--',
      '',
    ),
    formType,
  );

  assert.deepEqual(
    parts.map((part) => ({ ...part, body: part.body.toString() })),
    [
      { name: 'chat_id', body: '12' },
      { name: 'f', filename: 'a "b".mp3', contentType: 'audio/mpeg', body: 'one\r\n--a\r\ntwo' },
      { name: 'g', filename: 'plain name.mp3', body: '' },
    ],
  );
});

for (const [what, bytes, type] of [
  ['no boundary in the type', body('--a b--'), 'multipart/form-data'],
  ['another boundary', body('--other--'), formType],
  ['a part without an end', body('--a b', 'content-disposition:form-data;name="x"', '', 'one'), formType],
  ['a part without a name', body('--a b', 'x: y', '', 'one', '--a b--'), formType],
  ['no last boundary', body('--a b', 'content-disposition:form-data;name="x"', '', 'one', '--a b'), formType],
] as const) {
  test(`a body with ${what} is refused`, () => {
    assert.throws(() => readMultipart(bytes, type), MultipartError);
  });
}
