import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { CodedPicture, CodedTrack } from '../../../producer/video/coded.ts';
import { Fragmenter, type Piece } from '../../../producer/video/fragmenter.ts';
import { clusterHead, streamHead } from '../../../producer/video/matroska.ts';
import { unitsWithLengths } from '../../../producer/video/nal-units.ts';
import { codingOf, trackOf } from '../../../producer/video/parameter-sets.ts';
import type { Unfit } from '../../../producer/video/video-error.ts';
import { codedClip } from '../../support/coded-clip.ts';
import { doorClip } from '../../support/door-clip.ts';
import { elementsOf } from '../../support/ebml.ts';
import { recordedUpload, withoutRecording } from '../../support/kvs-recording.ts';

/** Milliseconds since 1970. */
const noon = Date.UTC(2026, 11, 24, 12);

const unfit = (why: Unfit) => (error: { name?: string; unfit?: string }) =>
  error.name === 'UnfitVideoError' && error.unfit === why;

describe('fragments of a camera’s video', () => {
  let track: CodedTrack;
  let pictures: readonly CodedPicture[];

  before(async () => {
    // A key frame every second, ten pictures a second.
    ({ track, pictures } = await codedClip(await doorClip({ seconds: 4, framesPerSecond: 10 })));
  });

  /** Each picture arrives when it was taken, and `late` milliseconds after. */
  const cut = (coded: readonly CodedPicture[], late: (index: number) => number = () => 0, of = track) => {
    const fragmenter = new Fragmenter(of);
    return coded
      .map((picture, index) => fragmenter.take(picture, noon + index * 100 + late(index)))
      .filter((piece): piece is Piece => piece !== undefined);
  };
  const begins = (pieces: readonly Piece[]) =>
    pieces.filter((piece) => piece.begins).map(({ time }) => time - noon);
  /** As an RTSP camera sends it: with start codes, the parameter sets before each key frame and not beforehand. */
  const asStream = (picture: CodedPicture & { isKey?: boolean }): CodedPicture => {
    const { sequence, pictures: more } = codingOf(track.extradata).sets!;
    const sets = picture.isKey ? [sequence, ...more] : [];
    const units = [...sets, ...unitsWithLengths(picture.data, 4)];
    return { ...picture, data: Buffer.concat(units.flatMap((unit) => [Buffer.from([0, 0, 0, 1]), unit])) };
  };

  test('each begins at a key frame, and FFmpeg reads every byte of the source again', async () => {
    const pieces = cut(pictures);
    assert.deepEqual(begins(pieces), [0, 1000, 2000, 3000]);
    const file = Buffer.concat([
      streamHead(pieces[0]!.begins!.track, Buffer.alloc(16, 1)),
      ...pieces.flatMap(({ begins, time, block }) => (begins ? [clusterHead(time), block] : [block])),
    ]);
    const read = await codedClip(file);
    assert.deepEqual(read.track.codec, 'h264');
    assert.equal(read.pictures.length, pictures.length);
    for (const [index, { data, time, isKey }] of read.pictures.entries()) {
      assert.deepEqual(data, pictures[index]!.data, `picture ${index}`);
      assert.equal(time, noon + index * 100);
      assert.equal(isKey, index % 10 === 0);
    }
  });

  test('a camera that says its parameter sets only with its key frames is read as well', () => {
    const stream = (pictures as readonly (CodedPicture & { isKey: boolean })[]).map(asStream);
    const pieces = cut(stream, () => 0, { codec: 'h264', extradata: undefined });
    assert.deepEqual(begins(pieces), [0, 1000, 2000, 3000]);
    const [first] = pieces;
    assert.deepEqual([first!.begins!.track.width, first!.begins!.track.height], [1280, 720]);
    assert.deepEqual(first!.begins!.track, trackOf(codingOf(track.extradata).sets!));
    assert.ok(
      pieces.every(({ begins }) => !begins || begins.track === first!.begins!.track),
      'one track',
    );
  });

  test('none is shorter than a second', () => {
    const keys = pictures.filter((_, index) => index % 10 === 0);
    const often = Array.from({ length: 15 }, (_, index) => ({ ...keys[index % 4]!, time: index * 200 }));
    assert.deepEqual(begins(cut(often, (index) => index * 100)), [0, 1000, 2000]);
  });

  test('what comes before the first key frame is left out', () => {
    assert.equal(cut(pictures.slice(3)).length, pictures.length - 10);
  });

  test('what the network delays is not in the times', () => {
    const pieces = cut(pictures, (index) => (index > 12 && index < 18 ? 600 - (index - 12) * 100 : 0));
    assert.deepEqual(
      pieces.map(({ time }) => time - noon),
      pictures.map((_, index) => index * 100),
    );
  });

  test('a camera’s clock that is set begins another fragment, later than all before', () => {
    const set = pictures.map((picture, index) => ({
      ...picture,
      time: index < 25 ? index * 100 : index * 100 - 3e6,
    }));
    const pieces = cut(set);
    // Five pictures that need the fragment before are left out.
    assert.deepEqual(begins(pieces), [0, 1000, 2000, 3000]);
    assert.equal(pieces.length, pictures.length - 5);
  });

  test('a clock that runs slow is followed', () => {
    const slow = Array.from({ length: 40 }, (_, second) => ({ ...pictures[0]!, time: second * 1000 }));
    const fragmenter = new Fragmenter(track);
    const times = slow.map((picture, second) => fragmenter.take(picture, noon + second * 1100)!.time - noon);
    for (const [second, time] of times.entries())
      assert.ok(Math.abs(second * 1100 - time) < 500, `${second}: ${time}`);
  });

  test('H.265, other codings, B-frames and seldom key frames are refused in words', () => {
    assert.throws(() => new Fragmenter({ codec: 'hevc', extradata: undefined }), unfit('h265'));
    assert.throws(() => new Fragmenter({ codec: 'mjpeg', extradata: undefined }), unfit('not h264'));
    const slowly = (index: number) => index * 900;
    const others = pictures.filter((_, index) => index % 10 !== 0);
    const seldom = [pictures[0]!, ...others.slice(0, 30)].map((picture, index) => ({
      ...picture,
      time: index * 1000,
    }));
    assert.throws(() => cut(seldom, slowly), unfit('key frames too far apart'));
    const none = others.slice(0, 30).map((picture, index) => ({ ...picture, time: index * 1000 }));
    assert.throws(() => cut(none, slowly), unfit('key frames too far apart'));
    // A slice that begins with macroblock 0 and is of type 1 or 6: B.
    for (const slice of [0b1_010_0000, 0b1_00111_00]) {
      const picture = { time: 100, data: Buffer.from([0, 0, 0, 2, 0x01, slice]) };
      assert.throws(() => cut([pictures[0]!, picture]), unfit('b-frames'));
    }
    const lost = { codec: 'h264', extradata: undefined };
    assert.throws(
      () => cut([asStream({ ...pictures[0]!, isKey: false })], () => 0, lost),
      unfit('no parameter sets'),
    );
  });

  test('the recorded upload’s decoder configuration is understood, and written again as it was', {
    skip: withoutRecording,
  }, async () => {
    const { content } = elementsOf(await recordedUpload()).find(({ id }) => id === 0x63a2)!;
    assert.deepEqual(trackOf(codingOf(content).sets!), { width: 640, height: 360, codecPrivate: content });
  });
});
