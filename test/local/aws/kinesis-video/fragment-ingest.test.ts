import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { FragmentIngest, type UploadHeaders } from '../../../../local/aws/kinesis-video/fragment-ingest.ts';
import { PutMediaError } from '../../../../local/aws/kinesis-video/put-media-error.ts';
import type { UploadedFragment } from '../../../../local/aws/kinesis-video/uploaded-fragment.ts';
import { element, openElement, text, uint } from '../../../../producer/video/ebml.ts';
import { clusterHead, endOfFragment, simpleBlock, streamHead } from '../../../../producer/video/matroska.ts';

const noon = Date.UTC(2026, 11, 24, 12);
const absolute: UploadHeaders = { timecodes: 'ABSOLUTE', producerStart: noon };
const head = streamHead({ width: 640, height: 360, codecPrivate: Buffer.from('avcC') }, Buffer.alloc(16, 1));
const key = simpleBlock(0, true, Buffer.from('key'));
const next = simpleBlock(100, false, Buffer.from('next'));
const fragment = (time: number, ...blocks: Buffer[]) => Buffer.concat([clusterHead(time), ...blocks]);

/** Takes an upload in pieces of this size, to its end. */
function ingest(upload: Buffer, { size = upload.length, headers = absolute, ends = true } = {}) {
  const ended: UploadedFragment[] = [];
  const said: string[] = [];
  let number = 0;
  const taking = new FragmentIngest(
    headers,
    {
      began: ({ producerTime }) => said.push(`began ${producerTime - noon}`),
      frame: (_, { time }) => said.push(`frame ${time - noon}`),
      ended(whole) {
        ended.push(whole);
        said.push(`ended ${whole.producerTime - noon}`);
      },
    },
    () => String(++number),
    () => noon,
  );
  for (let at = 0; at < upload.length; at += size) taking.take(upload.subarray(at, at + size));
  if (ends) taking.end();
  return { ended, said };
}

const upload = Buffer.concat([head, fragment(noon, key, next), fragment(noon + 1000, key)]);

/** A track entry, as another producer writes it. */
const track = (number: number) =>
  element(
    0xae,
    uint(0xd7, number),
    text(0x86, 'V_MPEG4/ISO/AVC'),
    element(0xe0, uint(0xb0, 640), uint(0xba, 360)),
  );
const headOf = (...tracks: Buffer[]) =>
  Buffer.concat([
    element(0x1a45dfa3, text(0x4282, 'matroska')),
    openElement(0x18538067),
    element(0x1654ae6b, ...tracks),
  ]);
const tag = (name: string) => element(0x1254c367, element(0x7373, element(0x67c8, text(0x45a3, name))));

describe('an upload as it comes in', () => {
  test('is told of picture by picture, in whatever pieces it comes', () => {
    const expected = ['began 0', 'frame 0', 'frame 100', 'ended 0', 'began 1000', 'frame 1000', 'ended 1000'];
    for (const size of [1, 2, 7, 100, upload.length])
      assert.deepEqual(ingest(upload, { size }).said, expected);
    const [first] = ingest(upload).ended;
    assert.deepEqual(
      first!.frames.map(({ data, isKey }) => [String(data), isKey]),
      [
        ['key', true],
        ['next', false],
      ],
    );
    assert.deepEqual(
      { ...first!.tracks[0]!, codecPrivate: String(first!.tracks[0]!.codecPrivate) },
      {
        number: 1,
        codecId: 'V_MPEG4/ISO/AVC',
        codecPrivate: 'avcC',
        width: 640,
        height: 360,
      },
    );
  });

  test('with relative times counts from the producer’s start', () => {
    const { ended } = ingest(Buffer.concat([head, fragment(5000, key)]), {
      headers: { timecodes: 'RELATIVE', producerStart: noon },
    });
    assert.equal(ended[0]!.producerTime, noon + 5000);
  });

  test('of another writer is taken too: sizes, groups, tags, and a head that comes again', () => {
    const group = element(
      0xa0,
      element(0xa1, Buffer.from([0x81, 0, 33, 0]), Buffer.from('b')),
      element(0xfb, Buffer.from([1])),
    );
    const sized = element(0x1f43b675, uint(0xe7, noon + 2000), uint(0xa7, 0), key, group);
    const other = Buffer.concat([headOf(track(1)), element(0xec, Buffer.alloc(9)), sized, tag('mine')]);
    const { said } = ingest(Buffer.concat([upload, other]));
    assert.deepEqual(said.slice(-4), ['began 2000', 'frame 2000', 'frame 2033', 'ended 2000']);
  });

  test('that says that a fragment is over need not send another', () => {
    const { said } = ingest(Buffer.concat([head, fragment(noon, key), endOfFragment]), { ends: false });
    assert.deepEqual(said, ['began 0', 'frame 0', 'ended 0']);
  });

  const tenTags = Array.from({ length: 11 }, (_, index) => tag(`tag ${index}`));
  const large = simpleBlock(1, false, Buffer.alloc(26 * 1024 * 1024));
  for (const [what, id, bad] of [
    ['a fragment of more than 50 MB', 4001, [head, fragment(noon, key, large, large)]],
    [
      'a fragment of more than 20 seconds',
      4002,
      [head, fragment(noon, key, simpleBlock(20_001, false, key))],
    ],
    ['a fragment earlier than the one before', 4004, [upload, fragment(noon + 999, key)]],
    ['four tracks', 4005, [headOf(track(1), track(2), track(3), track(4))]],
    ['what is no Matroska', 4006, [Buffer.from('RIFF, or something like it')]],
    ['no segment', 4006, [head.subarray(0, 40), fragment(noon, key)]],
    ['a fragment that begins with no key frame', 4006, [head, fragment(noon, next)]],
    ['a cluster without a timestamp', 4006, [head, openElement(0x1f43b675), key]],
    ['an end within an element', 4006, [upload.subarray(0, -2)]],
    [
      'several pictures in a block',
      4006,
      [head, fragment(noon, element(0xa3, Buffer.from([0x81, 0, 0, 0x82, 1])))],
    ],
    ['an unknown element', 4006, [head, element(0x1f43b676)]],
    ['a time that there is not', 4007, [head, fragment(Number.MAX_SAFE_INTEGER, key)]],
    ['too many tags', 4009, [head, fragment(noon, key), ...tenTags]],
    ['a picture of an unknown track', 4010, [headOf(track(2)), fragment(noon, key)]],
    [
      'a track without pictures',
      4011,
      [headOf(track(1), track(2)), fragment(noon, key), fragment(noon + 1000, key)],
    ],
  ] as const) {
    test(`with ${what} is refused with ${id}`, () => {
      assert.throws(
        () => ingest(Buffer.concat(bad)),
        (error) => error instanceof PutMediaError && error.id === id,
      );
    });
  }

  test('that is damaged anywhere is taken or refused with its error, and nothing else', () => {
    const bytes = fc.array(fc.tuple(fc.nat(upload.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 64 }), (changes, size) => {
        const damaged = Buffer.from(upload);
        for (const [at, byte] of changes) damaged[at] = byte;
        try {
          ingest(damaged, { size });
        } catch (error) {
          assert.ok(error instanceof PutMediaError, String(error));
        }
      }),
      { numRuns: 500 },
    );
  });
});
