import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { second } from '../../../party/clock.ts';
import { frameTime } from '../../../party/record/frame-time.ts';
import { type FaceSearchRecordJson, parseRecord } from '../../../party/record/record.ts';
import type { Frame } from '../../../producer/camera/frame.ts';
import { Doorway } from '../../../producer/door/doorway.ts';
import { Problems } from '../../../producer/door/problems.ts';
import type { Searched } from '../../../producer/search/face-search.ts';
import { faceSearchRecord } from '../../../producer/search/face-search-record.ts';
import type { Face } from '../../../vision/face.ts';
import { RecognizerError } from '../../../vision/recognizer-error.ts';
import { type FaceLike, faceLike } from '../../support/faces.ts';
import { keptLog } from '../../support/log.ts';
import { jpegOf } from '../../support/pictures.ts';
import { bytesOf, match } from '../../support/records.ts';

const begin = Date.parse('2026-12-24T18:00:00Z');

/** What a camera shows: a picture every 200 ms with these faces; `broken` kills the engine. */
type Shown = ReadonlyArray<readonly FaceLike[] | 'broken'>;

interface Answer {
  readonly search?: (face: Face) => Promise<Searched | undefined>;
  readonly canSearch?: () => boolean;
  readonly lost?: () => number;
  /** The clock at each frame, milliseconds after the beginning. */
  readonly at?: (index: number) => number;
}

const door = await jpegOf({ width: 1280, height: 720, data: new Uint8Array(1280 * 720 * 3) });

/** Lets the doorway watch these pictures, and gives what it said. */
async function watch(
  shown: Shown,
  { search, canSearch = () => true, lost = () => 0, at = (index) => index * 200 }: Answer = {},
) {
  const ending = new AbortController();
  const records: FaceSearchRecordJson[] = [];
  const pictures: number[] = [];
  const problems: Array<string | undefined> = [];
  const said = new Problems(() => problems.push(said.worst));
  let now = begin;
  let current: Shown[number] = [];
  const doorway = new Doorway({
    async *open() {
      // The door was watched before they came: who is there from the beginning may be a picture.
      yield { time: begin - 2 * second, picture: door };
      for (const [index, faces] of shown.entries()) {
        now = begin + at(index);
        current = faces;
        yield { time: now, picture: door } satisfies Frame;
        await turn();
      }
      ending.abort();
    },
    pace: { looked() {}, stayAwake() {} },
    startRecognizer: async () => ({
      find: async () => {
        if (current === 'broken') throw new RecognizerError('It died.');
        return current.map(faceLike);
      },
      close: async () => {},
    }),
    search: async (_frame, face) => (search ? search(face) : { matches: [match('anna', 90)] }),
    canSearch,
    putRecord: (record) => records.push(record),
    recordsLost: () => lost(),
    wished: () => ({}),
    putPicture: ({ time }) => pictures.push(time),
    streamArn: 'arn:aws:kinesisvideo:eu-central-1:000000000000:stream/producer/0',
    problems: said,
    log: keptLog(),
    now: () => now,
  });
  await doorway.watch(ending.signal);
  return {
    records: records
      .map((record) => parseRecord(bytesOf(record)))
      .filter((record) => frameTime(record).time >= begin),
    pictures,
    problems,
    counts: doorway.counts,
  };
}

const times = <T>(count: number, what: T): T[] => Array.from({ length: count }, () => what);
const isProof = ({ faces }: { faces: readonly unknown[] }) => faces.length === 0;

describe('the doorway', () => {
  test('says every three seconds that it is watched, though nobody is there', async () => {
    const { records, pictures } = await watch(times(100, []));
    const moments = [0, ...records.map((record) => frameTime(record).time - begin)];
    for (const [index, moment] of moments.slice(1).entries())
      assert.ok(moment - moments[index]! <= 3 * second);
    assert.ok(moments.at(-1)! >= 17 * second);
    assert.ok(records.every(isProof));
    assert.deepEqual(pictures, []);
  });

  test('searches nobody before the chat has written down the party, and then at once', async () => {
    const { records, counts } = await watch(times(30, [{}]));
    const searched = records.filter((record) => !isProof(record));
    assert.deepEqual(
      searched.map((record) => frameTime(record).time - begin),
      [2000, 2400],
    );
    assert.equal(counts.calls, 2);
    assert.equal(counts.faces, 30);
  });

  test('tells of a searched face with its matches, and uploads the frame under the same time', async () => {
    const { records, pictures } = await watch(
      times(30, [{ person: 1 }, { person: 2, left: 100, width: 20 }]),
    );
    const [first] = records.filter((record) => !isProof(record));
    assert.deepEqual(first!.faces.length, 1, 'the small face was not searched and is not in it');
    assert.deepEqual(first!.faces[0]!.matches, [{ faceId: 'anna', similarity: 90 }]);
    assert.deepEqual(
      pictures,
      records.filter((record) => !isProof(record)).map((record) => frameTime(record).time),
    );
  });

  test('a face that nobody is like is told of without matches; one whose search failed is not told of', async () => {
    const unknown = await watch(times(15, [{}]), { search: async () => ({ matches: [] }) });
    const told = unknown.records.find((record) => !isProof(record));
    assert.deepEqual(told!.faces[0]!.matches, []);

    const failed = await watch(times(30, [{}]), { search: async () => undefined });
    assert.ok(failed.records.length > 0 && failed.records.every(isProof));
    assert.deepEqual([failed.counts.calls, failed.pictures], [0, []]);
  });

  test('whom lost records told of is searched again, once', async () => {
    let lost = 0;
    const search = async () => {
      if (calls++ === 1) lost = 3;
      return { matches: [match('anna', 90)] };
    };
    let calls = 0;
    const { counts } = await watch(times(60, [{}]), { search, lost: () => lost });
    assert.equal(counts.calls, 4);
  });

  test('goes on saying that it is watched while AWS is not to be asked', async () => {
    const { records } = await watch(times(60, [{}]), { canSearch: () => false });
    assert.ok(records.length >= 4 && records.every(isProof));
  });

  test('leaves out frames that the engine dies of, says so, and that it is over', async () => {
    const { counts, problems } = await watch([...times(5, [{}]), 'broken', 'broken', ...times(5, [{}])]);
    assert.equal(counts.frames, 1 + 10);
    assert.deepEqual([problems.length, problems.at(-1)], [2, undefined]);
  });

  test('no two frames have one time, whatever the clock does', async () => {
    const jumps = [0, 200, 200, -5000, 100_000, 99_999, 200, 3_700_000, 3_700_001];
    const at = (index: number) => jumps[index % jumps.length]! + Math.floor(index / 9) * 10;
    const { records } = await watch(times(90, [{}]), { at, search: async () => ({ matches: [] }) });
    const all = records.map((record) => frameTime(record).time);
    assert.deepEqual(
      all,
      [...new Set(all)].sort((a, b) => a - b),
    );
  });
});

test('a record’s frame time is the frame’s, to the millisecond', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 253_402_300_798_999 }), (time) => {
      const record = faceSearchRecord('arn', time, []);
      assert.deepEqual(frameTime(parseRecord(bytesOf(record))), { time, clock: 'producer' });
    }),
  );
});
