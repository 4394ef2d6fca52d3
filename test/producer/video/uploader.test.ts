import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { putMediaService } from '../../../local/aws/kinesis-video/put-media.ts';
import { type Upload, Uploads } from '../../../local/aws/kinesis-video/uploads.ts';
import { VideoStreams } from '../../../local/aws/kinesis-video/video-streams.ts';
import { type LocalAws, startAwsServer } from '../../../local/aws/server.ts';
import { type BufferLimits, FragmentBuffer } from '../../../producer/video/fragment-buffer.ts';
import type { Piece } from '../../../producer/video/fragmenter.ts';
import { simpleBlock, type VideoTrack } from '../../../producer/video/matroska.ts';
import { Uploader, type UploadTimings } from '../../../producer/video/uploader.ts';
import { localCredentials } from '../../local/aws/clients.ts';
import { openBrokenLine } from '../../support/broken-line.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyFolder } from '../../support/folder.ts';
import { uploadsTo } from '../../support/open-upload.ts';
import { rounds, seedOf } from '../../support/rounds.ts';

const noon = Date.UTC(2026, 11, 24, 12);
const track: VideoTrack = { width: 640, height: 360, codecPrivate: Buffer.from('avcC') };
const quick: UploadTimings = {
  renewAfter: 60_000,
  // Silence is the matter of one test alone; to all others a busy service is not a silent one.
  staleAfter: 15_000,
  lastWords: 5000,
  betweenFragments: 0,
  firstPause: 5,
  longestPause: 20,
};

describe('an upload', () => {
  let streams: VideoStreams;
  let aws: LocalAws;
  const uploads = new Uploads();
  /** When the service thinks it is. */
  let serviceNow = Date.now;
  let names = 0;

  before(async () => {
    streams = new VideoStreams(await emptyFolder());
    aws = await startAwsServer({
      port: 0,
      credentials: localCredentials,
      services: [putMediaService({ streams, uploads, now: () => serviceNow() })],
      limits: { headersTimeout: 500, requestTimeout: 600, connectionsCheckingInterval: 50 },
      log: () => {},
    });
  });

  after(() => aws.close());

  /** An uploader of a stream of its own, over a line that can break. */
  async function openUpload(
    t: TestContext,
    {
      timings = {},
      limits,
      retentionHours = 1,
      now = () => performance.now(),
    }: {
      timings?: Partial<UploadTimings>;
      limits?: BufferLimits;
      retentionHours?: number;
      now?: () => number;
    } = {},
  ) {
    const streamName = `door-${names++}`;
    await streams.create({ name: streamName, retentionHours });
    const line = await openBrokenLine(aws.port);
    const buffer = new FragmentBuffer(now, limits);
    const failures: string[] = [];
    const ending = new AbortController();
    const uploader = new Uploader({
      buffer,
      open: uploadsTo(line.url, streamName, { patience: 1000 }),
      onFailure: (error) => failures.push((error as Error).name),
      onSuccess() {},
      now,
      timings: { ...quick, ...timings },
    });
    const done = uploader.run(ending.signal);
    t.after(async () => {
      ending.abort();
      await done;
      await line.close();
    });
    return { streamName, line, buffer, failures, done, upload: uploads.of(streamName) };
  }

  /** So many fragments of ten pictures each, each picture with words of its own. */
  const pieces = (fragments: number, { from = 0, of = track } = {}): Piece[] =>
    Array.from({ length: fragments * 10 }, (_, index) => {
      const offset = (index % 10) * 100;
      const time = noon + from * 1000 + Math.floor(index / 10) * 1000 + offset;
      const block = simpleBlock(offset, offset === 0, Buffer.from(`picture ${time}`.padEnd(500)));
      return { time, block, ...(offset === 0 && { begins: { track: of } }) };
    });
  const kept = (upload: Upload) =>
    upload.fragments.flatMap(({ frames }) => frames.map(({ data }) => String(data).trimEnd()));
  const words = (made: readonly Piece[]) => made.map(({ time }) => `picture ${time}`);

  test('sends picture by picture, and ends in order when nothing more comes', async (t) => {
    const { buffer, upload, done, line, failures } = await openUpload(t);
    const seen: number[] = [];
    upload.watch((_, { time }) => seen.push(time));
    const made = pieces(3);
    buffer.add(made[0]!);
    buffer.add(made[1]!);
    await eventually('the pictures of a fragment that is not whole are there', () => seen.length === 2);
    for (const piece of made.slice(2)) buffer.add(piece);
    buffer.close();
    await done;
    assert.deepEqual(kept(upload), words(made));
    assert.deepEqual([buffer.bytes, buffer.dropped, line.connections], [0, 0, 1]);
    assert.deepEqual(failures, []);
  });

  test('lasts longer than other requests may', async (t) => {
    const { buffer, upload, line } = await openUpload(t);
    const made = pieces(2);
    const begun = performance.now();
    for (const piece of made.slice(0, 11)) buffer.add(piece);
    await eventually('twice the limit is over', () => performance.now() - begun > 1400);
    for (const piece of made.slice(11)) buffer.add(piece);
    buffer.close();
    await eventually('all is there', () => upload.fragments.length === 2);
    assert.equal(line.connections, 1);
  });

  test('that is cut anywhere, again and again, loses nothing', async (t) => {
    const places = fc.array(fc.nat(60_000), { minLength: 1, maxLength: 6 });
    const cutAt = async (bytes: readonly number[]) => {
      const { buffer, upload, done, line } = await openUpload(t);
      line.breakAfter(...bytes);
      const made = pieces(20);
      for (const piece of made) buffer.add(piece);
      buffer.close();
      await done;
      assert.deepEqual(kept(upload), words(made));
      assert.equal(buffer.dropped, 0);
      assert.ok(line.connections > 1);
    };
    await fc.assert(fc.asyncProperty(places, cutAt), { numRuns: rounds(8, 100), seed: seedOf(t) });
  });

  test('whose service is away goes on where it stopped', async (t) => {
    const { buffer, upload, done, line, failures } = await openUpload(t);
    const made = pieces(6);
    for (const piece of made.slice(0, 25)) buffer.add(piece);
    await eventually('two fragments are kept', () => upload.fragments.length === 2);
    line.setDown(true);
    for (const piece of made.slice(25)) buffer.add(piece);
    await eventually('it was tried', () => failures.length > 2);
    line.setDown(false);
    buffer.close();
    await done;
    assert.deepEqual(kept(upload), words(made));
    assert.ok(failures.every((name) => name === 'ConnectionLost'));
  });

  test('whose service is away for a minute loses nothing, and for three minutes what is older than two', async (t) => {
    const second = 1000;
    for (const [away, lost] of [
      [60, 0],
      [180, 63],
    ] as const) {
      let time = 0;
      const { buffer, upload, done, line, failures } = await openUpload(t, {
        now: () => time,
        timings: { staleAfter: 3600 * second, renewAfter: 3600 * second, lastWords: 10 * second },
      });
      const ended: number[] = [];
      upload.watchFragments(({ producerTime }) => ended.push(producerTime));
      const made = pieces(away + 4);
      let most = 0;
      const add = (from: number, to: number) => {
        for (const piece of made.slice(from * 10, to * 10)) {
          time = piece.time - noon;
          buffer.add(piece);
          most = Math.max(most, buffer.bytes);
        }
      };
      add(0, 2);
      const ofFragment = buffer.bytes / 2;
      await eventually('the first one is acknowledged', () => buffer.bytes === ofFragment);
      line.setDown(true);
      add(2, away + 4);
      // Whatever is dropped was so before the next try.
      const before = failures.length;
      await eventually('it was tried', () => failures.length > before + 2);
      line.setDown(false);
      buffer.close();
      await done;
      assert.equal(buffer.dropped, lost);
      const times = Array.from({ length: away + 4 }, (_, index) => noon + index * second);
      assert.deepEqual(ended, [...times.slice(0, 1), ...times.slice(1 + lost)], 'each once');
      assert.ok(most <= 122 * ofFragment, `${most} bytes in memory`);
    }
  });

  test('that nobody acknowledges is lost, and sent again', async (t) => {
    const { buffer, upload, done, line } = await openUpload(t, { timings: { staleAfter: 300 } });
    const made = pieces(4);
    for (const piece of made.slice(0, 15)) buffer.add(piece);
    await eventually('one fragment is kept', () => upload.fragments.length === 1);
    line.setFrozen(true);
    for (const piece of made.slice(15)) buffer.add(piece);
    buffer.close();
    await eventually('it is given up', () => line.connections > 1);
    line.setFrozen(false);
    await done;
    assert.deepEqual(kept(upload), words(made));
  });

  test('is renewed in order before the service ends it, and for another size of picture', async (t) => {
    const { buffer, upload, done, line, failures } = await openUpload(t, { timings: { renewAfter: 0 } });
    const made = [
      ...pieces(3),
      ...pieces(2, { from: 3, of: { ...track, codecPrivate: Buffer.from('other') } }),
    ];
    for (const piece of made) buffer.add(piece);
    buffer.close();
    await done;
    assert.deepEqual(kept(upload), words(made));
    assert.deepEqual([line.connections, failures.length], [5, 0]);

    const one = await openUpload(t);
    for (const piece of made) one.buffer.add(piece);
    one.buffer.close();
    await one.done;
    assert.deepEqual(
      one.upload.fragments.map(({ tracks }) => String(tracks[0]!.codecPrivate)),
      [...['avcC', 'avcC', 'avcC'], ...['other', 'other']],
    );
    assert.equal(one.line.connections, 2);
  });

  test('goes on over another connection when the service ends one for its age', async (t) => {
    const { buffer, upload, done, failures } = await openUpload(t);
    const made = pieces(4);
    for (const piece of made.slice(0, 15)) buffer.add(piece);
    await eventually('one fragment is kept', () => upload.fragments.length === 1);
    serviceNow = () => Date.now() + 46 * 60_000;
    t.after(() => {
      serviceNow = Date.now;
    });
    for (const piece of made.slice(15, 25)) buffer.add(piece);
    await eventually('it is told so', () => failures.includes('MAX_CONNECTION_DURATION_REACHED'));
    for (const piece of made.slice(25)) buffer.add(piece);
    buffer.close();
    await done;
    assert.deepEqual(kept(upload), words(made));
  });

  test('gives up a fragment that is refused, and nothing else', async (t) => {
    const { buffer, upload, done, failures } = await openUpload(t);
    const bad = pieces(1, { from: 1 }).map((piece) => ({
      ...piece,
      block: simpleBlock(25_000, true, Buffer.alloc(9)),
    }));
    const made = [...pieces(1), ...pieces(2, { from: 2 })];
    for (const piece of [...made.slice(0, 10), ...bad, ...made.slice(10)]) buffer.add(piece);
    buffer.close();
    await done;
    assert.deepEqual(kept(upload), words(made));
    assert.equal(buffer.dropped, 1);
    assert.deepEqual(failures, ['MAX_FRAGMENT_DURATION_REACHED']);
  });

  test('of a stream that is not there, or that another producer has, says so and is tried again', async (t) => {
    const { buffer, upload, done, failures } = await openUpload(t);
    const disconnect = upload.connect();
    for (const piece of pieces(2)) buffer.add(piece);
    buffer.close();
    await eventually('it is refused', () => failures.includes('ConnectionLimitExceededException'));
    disconnect();
    await done;
    assert.equal(upload.fragments.length, 2);

    const other = await openUpload(t);
    await streams.delete(other.streamName);
    for (const piece of pieces(1)) other.buffer.add(piece);
    await eventually('it is not found', () => other.failures.includes('ResourceNotFoundException'));
    await streams.create({ name: other.streamName, retentionHours: 0 });
    other.buffer.close();
    await other.done;
    assert.equal(uploads.of(other.streamName).fragments.length, 1);
  });
});

describe('what is kept for an upload', () => {
  const made = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      begins: { track },
      time: noon + index * 1000,
      block: simpleBlock(0, true, Buffer.alloc(1000)),
    }));

  test('is bounded by memory and by age; the oldest goes first', () => {
    let now = 0;
    const buffer = new FragmentBuffer(() => now, { maxBytes: 5200, maxAge: 120_000 });
    for (const piece of made(50)) {
      buffer.add(piece);
      assert.ok(buffer.bytes <= 5200, String(buffer.bytes));
    }
    assert.equal(buffer.dropped, 45);
    assert.equal(buffer.next!.time, noon + 45_000);
    now = 121_000;
    buffer.add({ ...made(1)[0]!, time: noon + 200_000 });
    assert.deepEqual([buffer.dropped, buffer.next!.time], [50, noon + 200_000]);
  });

  test('is what the service has not received; what it did not keep is sent again', () => {
    const buffer = new FragmentBuffer(() => 0);
    for (const piece of made(4)) buffer.add(piece);
    const times = [0, 1, 2].map((index) => {
      const next = buffer.next!;
      next.state = 'sent';
      assert.equal(next.time, noon + index * 1000);
      return next.time;
    });
    buffer.received(times[0]);
    buffer.persisted(times[0]);
    buffer.received(times[1]);
    buffer.rewind();
    assert.equal(buffer.next!.time, times[2], 'the second one was received');
    buffer.failed(times[1]);
    assert.equal(buffer.next!.time, times[1], 'and yet it was not kept');
  });
});
