import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import '../../../producer/camera/with-resolvers.ts';
import { Demuxer } from 'node-av/api';
import { AV_LOG_QUIET } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { clusterHead, endOfFragment, simpleBlock, streamHead } from '../../../producer/video/matroska.ts';
import { codingOf, trackOf } from '../../../producer/video/parameter-sets.ts';
import { elementsOf, numberIn } from '../../support/ebml.ts';
import { recordedUpload, withoutRecording } from '../../support/kvs-recording.ts';

Log.setLevel(AV_LOG_QUIET);

const track = { width: 640, height: 360, codecPrivate: Buffer.from('avcC') };
const uid = Buffer.alloc(16, 7);

/** Ids of what is each writer's own: the segment's UID, its title, and the names of the programs. */
const own = [0x73a4, 0x7ba9, 0x4d80, 0x5741];
const clusterId = 0x1f43b675;
const timestampId = 0xe7;
const blockId = 0xa3;
const codecPrivateId = 0x63a2;

describe('Matroska for PutMedia', () => {
  test('an element has its id, its size and its content', () => {
    assert.deepEqual(
      [...clusterHead(0x1a2071f0dc2)],
      [
        ...[0x1f, 0x43, 0xb6, 0x75, 0xff],
        ...[0xe7, 0x86, 0x01, 0xa2, 0x07, 0x1f, 0x0d, 0xc2],
        ...[0xa7, 0x81, 0x00],
      ],
    );
    assert.deepEqual([...simpleBlock(0x0102, true, Buffer.from('x'))], [0xa3, 0x85, 0x81, 1, 2, 0x80, 0x78]);
    assert.equal(simpleBlock(33, false, Buffer.alloc(3))[5], 0, 'no flag on the others');
  });

  test('sizes take as few bytes as they need, and never look unknown', () => {
    const sizeOf = (length: number) => simpleBlock(0, true, Buffer.alloc(length - 4)).subarray(1, 4);
    assert.deepEqual([...sizeOf(126).subarray(0, 1)], [0xfe]);
    assert.deepEqual([...sizeOf(127).subarray(0, 2)], [0x40, 0x7f], '0xff would be no size');
    assert.deepEqual([...sizeOf(16_383)], [0x20, 0x3f, 0xff]);
  });

  test('a picture that is too far into its fragment is no block', () => {
    assert.throws(() => simpleBlock(-1, false, uid), RangeError);
    assert.throws(() => simpleBlock(32_768, false, uid), RangeError);
  });

  test('the elements, their order and their values are those of AWS’s own producer', {
    skip: withoutRecording,
  }, async () => {
    const recorded = elementsOf(await recordedUpload());
    const { content: codecPrivate } = recorded.find(({ id }) => id === codecPrivateId)!;
    const begins = recorded.filter(({ id }) => id === timestampId).map(({ content }) => numberIn(content));
    const sets = codingOf(codecPrivate).sets!;
    const parts = [streamHead(trackOf(sets)!, uid)];
    for (const { id, content } of recorded) {
      if (id === clusterId) parts.push(clusterHead(begins.shift()!));
      if (id !== blockId) continue;
      assert.equal(content![0], 0x81, 'track 1');
      parts.push(simpleBlock(content!.readInt16BE(1), content![3] === 0x80, content!.subarray(4)));
    }
    const ours = elementsOf(Buffer.concat([...parts, endOfFragment]));
    assert.deepEqual(
      ours.map(({ id }) => id.toString(16)),
      recorded.map(({ id }) => id.toString(16)),
    );
    for (const [index, { id, content, size }] of recorded.entries()) {
      const mine = ours[index]!;
      if (content === undefined) assert.equal(mine.size === undefined, size === undefined, id.toString(16));
      else if (!own.includes(id)) {
        const isNumber = content.length <= 8 && mine.content!.length <= 8;
        if (isNumber) assert.equal(numberIn(mine.content), numberIn(content), id.toString(16));
        else assert.deepEqual(mine.content, content, id.toString(16));
      }
    }
    assert.equal(ours.filter(({ id }) => id === clusterId).length, 7);
  });

  test('FFmpeg reads what is written: size, times and every byte', async () => {
    const pictures = [
      { time: 1000, isKey: true, data: Buffer.from('first picture') },
      { time: 1033, isKey: false, data: Buffer.alloc(70_000, 5) },
      { time: 2500, isKey: true, data: Buffer.from('third') },
    ];
    const file = Buffer.concat([
      streamHead(track, uid),
      ...pictures.flatMap(({ time, isKey, data }, index) => [
        ...(isKey ? [clusterHead(1_800_000_000_000 + time)] : []),
        simpleBlock(isKey ? 0 : time - pictures[index - 1]!.time, isKey, data),
      ]),
    ]);
    const input = await Demuxer.open(file, { skipStreamInfo: true });
    try {
      const { codecpar, index, timeBase } = input.video()!;
      assert.deepEqual([codecpar.width, codecpar.height], [640, 360]);
      assert.deepEqual(codecpar.extradata, track.codecPrivate);
      assert.deepEqual({ ...timeBase }, { num: 1, den: 1000 });
      const read = [];
      for await (const packet of input.packets(index)) {
        if (!packet) break;
        read.push({ time: Number(packet.pts), data: Buffer.from(packet.data!) });
        packet.free();
      }
      const written = pictures.map(({ time, data }) => ({ time: 1_800_000_000_000 + time, data }));
      assert.deepEqual(read, written);
    } finally {
      await input.close();
    }
  });
});
