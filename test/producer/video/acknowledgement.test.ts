import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { AcknowledgementReader, ackError } from '../../../producer/video/acknowledgement.ts';

const received =
  '{"EventType":"RECEIVED","FragmentTimecode":1795415805378,"FragmentNumber":"91343852332181472"}';
const refused =
  '{"Acknowledgement":{"EventType":"ERROR","FragmentTimecode":1795415807378,"ErrorId":4006,"ErrorCode":"INVALID_MKV_DATA"}}';
const told = [
  {
    event: 'RECEIVED',
    time: 1_795_415_805_378,
    fragmentNumber: '91343852332181472',
    errorId: undefined,
    errorCode: undefined,
  },
  {
    event: 'ERROR',
    time: 1_795_415_807_378,
    fragmentNumber: undefined,
    errorId: 4006,
    errorCode: 'INVALID_MKV_DATA',
  },
];

describe('acknowledgements', () => {
  test('are read in whatever pieces they come, with or without lines between', () => {
    for (const between of ['\n', '', '\r\n ']) {
      const all = Buffer.from([received, refused].join(between));
      for (const size of [1, 7, all.length]) {
        const reader = new AcknowledgementReader();
        const read = [];
        for (let at = 0; at < all.length; at += size) read.push(...reader.take(all.subarray(at, at + size)));
        assert.deepEqual(read, told);
      }
    }
  });

  test('that are none are passed over, and what never ends is not kept', () => {
    const reader = new AcknowledgementReader();
    assert.deepEqual(reader.take(Buffer.from('{"EventType":"LATER"} {not json} {}')), []);
    for (let count = 0; count < 100; count++) assert.deepEqual(reader.take(Buffer.alloc(10_000, 'x')), []);
    assert.deepEqual(reader.take(Buffer.from(received)), [told[0]]);
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (chunks) => {
        const any = new AcknowledgementReader();
        for (const chunk of chunks) any.take(chunk);
      }),
    );
  });

  test('of an error say whether the fragment would be refused again', () => {
    const handling = (errorId: number) =>
      ackError({ event: 'ERROR', time: 0, fragmentNumber: undefined, errorId, errorCode: 'NEW_ERROR' });
    for (const id of [4001, 4002, 4004, 4005, 4006, 4007, 4009, 4010, 4011]) {
      assert.equal(handling(id).handling, 'never', String(id));
    }
    for (const id of [4000, 4003, 4008, 4500, 5000, 5001])
      assert.equal(handling(id).handling, 'again', String(id));
    assert.deepEqual(handling(4999), { name: 'NEW_ERROR', handling: 'again' });
  });
});
