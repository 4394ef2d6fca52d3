import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { BrokenRecordError } from '../../../party/errors.ts';
import { parseRecord } from '../../../party/record/record.ts';
import { bytesOf, match, recordOf } from '../../support/records.ts';

const time = 1_795_000_000_123;

test('a record becomes times in milliseconds and faces with their matches', () => {
  const json = recordOf(time, [{ matches: [match('f1', 97.5, 'anna'), match('f2', 81)], yaw: 12 }], {
    offset: 400,
  });

  const record = parseRecord(bytesOf(json));

  assert.equal(record.producerTime + record.frameOffset, time);
  assert.deepEqual(record.faces, [
    {
      box: { left: 0.4, top: 0.3, width: 0.1, height: 0.2 },
      pose: { pitch: 0, yaw: 12 },
      sharpness: 80,
      matches: [
        { faceId: 'f1', similarity: 97.5, externalImageId: 'anna' },
        { faceId: 'f2', similarity: 81 },
      ],
    },
  ]);
});

test('a record without a face, and one with members nobody knows, are read', () => {
  assert.deepEqual(parseRecord(bytesOf(recordOf(time, []))).faces, []);
  assert.equal(parseRecord(bytesOf({ ...recordOf(time, [{}]), New: { Member: 1 } })).faces.length, 1);
});

test('numbers in exponent form are numbers', () => {
  const text = JSON.stringify(recordOf(1_586_916_360_265, [])).replace('1586916360.265', '1.586916360265E9');
  assert.equal(parseRecord(new TextEncoder().encode(text)).producerTime, 1_586_916_360_265);
});

const { FaceSearchResponse: _, ...withoutFaces } = recordOf(time, []);
const broken: Array<[string, Uint8Array]> = [
  ['nothing', new Uint8Array()],
  ['no JSON', new TextEncoder().encode('{"InputInformation":')],
  ['no UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d)],
  ['null', bytesOf(null)],
  ['a list', bytesOf([])],
  ['no faces member', bytesOf(withoutFaces)],
  [
    'a time that is a word',
    bytesOf(
      JSON.parse(
        JSON.stringify(recordOf(time, [])).replace(/"ProducerTimestamp":[\d.]+/, '"ProducerTimestamp":"now"'),
      ),
    ),
  ],
  ['a match without a FaceId', bytesOf(recordOf(time, [{ matches: [match('', 90)] }]))],
  // Nothing of these could be kept on the table, so that the record would come again for ever.
  ['a FaceId too long for a key', bytesOf(recordOf(time, [{ matches: [match('f'.repeat(256), 90)] }]))],
  [
    'an ExternalImageId too long for a key',
    bytesOf(recordOf(time, [{ matches: [match('f', 90, 'e'.repeat(256))] }])),
  ],
  ['an ExternalImageId with a space', bytesOf(recordOf(time, [{ matches: [match('f', 90, 'Eve Ning')] }]))],
  ['a similarity over 100', bytesOf(recordOf(time, [{ matches: [match('f', 101)] }]))],
  ['a face far outside of the frame', bytesOf(recordOf(time, [{ left: 1e21 }]))],
  ['a time after the year 9999', bytesOf(recordOf(1e15, []))],
  ['a frame hours into its fragment', bytesOf(recordOf(time, [], { offset: 4 * 3_600_000 }))],
];
for (const [what, data] of broken) {
  test(`${what}: a broken record is refused with its reason`, () => {
    assert.throws(
      () => parseRecord(data),
      (error) => error instanceof BrokenRecordError && error.message.length > 5,
    );
  });
}

const captured = new URL('../../../../shared/records/', import.meta.url);
test('records as AWS has written them are read', {
  skip: !existsSync(captured) && 'needs the captured records beside the project',
}, () => {
  const files = readdirSync(captured).filter((name) => name.endsWith('.json'));
  for (const name of files) {
    const json = JSON.parse(readFileSync(new URL(name, captured), 'utf8'));
    const records: Uint8Array[] = json.Records
      ? json.Records.map(({ kinesis }: { kinesis: { data: string } }) => Buffer.from(kinesis.data, 'base64'))
      : [bytesOf(json)];
    for (const bytes of records) assert.ok(parseRecord(bytes).producerTime > 1_500_000_000_000, name);
  }
});
