import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { uploadedFile } from '../../../local/page/uploaded-file.ts';

async function* inChunks(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const end = at + (sizes[turn % sizes.length] ?? bytes.length);
    yield bytes.subarray(at, end);
    at = end;
  }
}

async function all(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A form as a browser writes it. */
async function form(entries: Record<string, string | File>): Promise<{ type: string; body: Buffer }> {
  const data = new FormData();
  for (const [name, value] of Object.entries(entries)) data.set(name, value as never);
  const request = new Request('http://localhost', { method: 'POST', body: data });
  return { type: request.headers.get('content-type')!, body: Buffer.from(await request.arrayBuffer()) };
}

test('a file comes out of a form as it was, however the form is cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }),
      async (content, sizes) => {
        const { type, body } = await form({ loop: '1', file: new File([new Uint8Array(content)], 'a.mp4') });
        const file = await uploadedFile(type, inChunks(body, sizes));
        assert.equal(file.name, 'a.mp4');
        assert.deepEqual(await all(file.bytes), Buffer.from(content));
      },
    ),
  );
});

test('content that looks almost like the end is content', async () => {
  const { type } = await form({ file: new File([''], 'x') });
  const boundary = type.split('boundary=')[1]!;
  const content = `\r\n--${boundary.slice(0, -1)}\r\n\r\n--\r\r\n`;
  const head = 'Content-Disposition: form-data; name="file"; filename="a &#8220;%22b%22.mp4"\r\n\r\n';
  const body = Buffer.from(`--${boundary}\r\n${head}${content}\r\n--${boundary}--\r\n`);
  const file = await uploadedFile(type, inChunks(body, [3]));
  assert.equal(file.name, 'a &#8220;"b".mp4');
  assert.equal((await all(file.bytes)).toString(), content);
});

test('what holds no file is refused in words', async () => {
  const noFile = await form({ loop: '1' });
  const refused = { name: 'UploadError' };
  await assert.rejects(uploadedFile(noFile.type, inChunks(noFile.body, [7])), refused);
  await assert.rejects(uploadedFile('video/mp4', inChunks(Buffer.from('x'), [1])), refused);
  await assert.rejects(uploadedFile(undefined, null), refused);
  await assert.rejects(
    uploadedFile('multipart/form-data; boundary=b', inChunks(Buffer.alloc(99), [9])),
    refused,
  );
});

test('an upload that breaks off is no shorter file', async () => {
  const { type, body } = await form({ file: new File(['x'.repeat(500)], 'a.mp4') });
  const file = await uploadedFile(type, inChunks(body.subarray(0, 400), [50]));
  await assert.rejects(all(file.bytes), /broke off/);
});
