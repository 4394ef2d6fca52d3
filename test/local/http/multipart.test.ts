import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MultipartError, readMultipart, readParts } from '../../../local/http/multipart.ts';

const formType = 'multipart/form-data; boundary="a b"';

/** All parts of a body that comes in pieces of so many bytes, with their contents as text. */
async function read(bytes: Buffer, type: string, size = bytes.length) {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const parts = await readParts(pieces(), type);
  return parts.map((part) => ({ ...part, body: part.body.toString() }));
}

const body = (...lines: string[]) => Buffer.from(lines.join('\r\n'));

test('fields and files are read, with quotes or without, in any case, however the body is cut into pieces', async () => {
  const bytes = body(
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
  );
  const expected = [
    { name: 'chat_id', body: '12' },
    { name: 'f', filename: 'a "b".mp3', contentType: 'audio/mpeg', body: 'one\r\n--a\r\ntwo' },
    { name: 'g', filename: 'plain name.mp3', body: '' },
  ];
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: bytes.length }), async (size) => {
      assert.deepEqual(await read(bytes, formType, size), expected);
    }),
  );
});

for (const [what, bytes, type] of [
  ['no boundary in the type', body('--a b--'), 'multipart/form-data'],
  ['another boundary', body('--other--'), formType],
  ['a part without an end', body('--a b', 'content-disposition:form-data;name="x"', '', 'one'), formType],
  ['a part without a name', body('--a b', 'x: y', '', 'one', '--a b--'), formType],
  ['no last boundary', body('--a b', 'content-disposition:form-data;name="x"', '', 'one', '--a b'), formType],
] as const) {
  test(`a body with ${what} is refused`, async () => {
    await assert.rejects(read(bytes, type), MultipartError);
  });
}

test('whoever cannot take a part ends the reading, and is told of in the error', async () => {
  const full = new Error('The disk is full.');
  async function* endless() {
    yield body('--a b', 'content-disposition:form-data;name="f";filename=f', '', '');
    for (;;) yield Buffer.alloc(100_000);
  }
  await assert.rejects(
    readMultipart(endless(), formType, () => Promise.reject(full)),
    (error) => error instanceof MultipartError && error.cause === full,
  );
});
