import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { FragmentIngest } from '../../../local/aws/kinesis-video/fragment-ingest.ts';
import { ackError } from '../../../producer/video/acknowledgement.ts';
import { FragmentBuffer } from '../../../producer/video/fragment-buffer.ts';
import { simpleBlock } from '../../../producer/video/matroska.ts';
import { Uploader } from '../../../producer/video/uploader.ts';
import { uploadsTo } from '../../support/open-upload.ts';
import { rounds, seedOf } from '../../support/rounds.ts';

const noon = Date.UTC(2026, 11, 24, 12);
const track = { width: 640, height: 360, codecPrivate: Buffer.from('avcC') };

/** What becomes of a fragment: it is kept, or refused with an error's number. */
type Verdict = 'kept' | number;

const ids = [
  ...[4000, 4001, 4002, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4010, 4011],
  ...[4500, 4501, 4502, 4503, 4504, 4505, 4506, 5000, 5001],
];
const isForGood = (errorId: number): boolean =>
  ackError({ event: 'ERROR', time: noon, fragmentNumber: undefined, errorId, errorCode: undefined })
    .handling === 'never';

describe('fragments that are refused', () => {
  /** What becomes of the next fragments; all others are kept. */
  let verdicts: Verdict[] = [];
  let kept: number[] = [];
  let refused: number[] = [];
  const service = createServer(async (request, response) => {
    response.writeHead(200).flushHeaders();
    let isOver = false;
    const ingest = new FragmentIngest(
      { timecodes: 'ABSOLUTE', producerStart: noon },
      {
        began() {},
        frame() {},
        ended({ producerTime }) {
          if (isOver) return;
          const say = (EventType: string, error = {}) =>
            response.write(`${JSON.stringify({ EventType, FragmentTimecode: producerTime, ...error })}\n`);
          const verdict = verdicts.shift() ?? 'kept';
          if (verdict === 'kept') {
            kept.push(producerTime);
            say('RECEIVED');
            say('PERSISTED');
            return;
          }
          if (isForGood(verdict)) refused.push(producerTime);
          // What could not be kept had been received.
          if (verdict === 5001) say('RECEIVED');
          say('ERROR', { ErrorId: verdict });
          isOver = true;
          response.end();
        },
      },
      String,
      () => noon,
    );
    try {
      for await (const chunk of request) ingest.take(chunk);
      response.end();
    } catch {
      // The producer has broken it off.
    }
  });
  let endpoint = '';

  before(async () => {
    service.listen(0, '127.0.0.1');
    await once(service, 'listening');
    endpoint = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  });

  after(async () => {
    service.closeAllConnections();
    service.close();
  });

  test('for a while are sent again, those refused for good are given up, and no other is lost or kept twice', async (t) => {
    const become = fc.oneof(fc.constant<Verdict>('kept'), fc.constantFrom<Verdict>(...ids));
    const upload = async (planned: readonly Verdict[]) => {
      verdicts = [...planned];
      kept = [];
      refused = [];
      const buffer = new FragmentBuffer(() => performance.now());
      const failures: string[] = [];
      const uploader = new Uploader({
        buffer,
        open: uploadsTo(endpoint),
        onFailure: (error) => failures.push((error as Error).name),
        onSuccess() {},
        now: () => performance.now(),
        timings: { betweenFragments: 0, firstPause: 1, longestPause: 5 },
      });
      const times = Array.from({ length: 12 }, (_, index) => noon + index * 1000);
      for (const time of times)
        buffer.add({ begins: { track }, time, block: simpleBlock(0, true, track.codecPrivate) });
      buffer.close();
      await uploader.run(new AbortController().signal);
      assert.deepEqual(
        kept.toSorted(),
        times.filter((time) => !refused.includes(time)),
      );
      assert.equal(buffer.dropped, refused.length);
      assert.equal(buffer.bytes, 0);
      assert.ok(!failures.includes('ConnectionLost'), 'an error is told by its name');
    };
    // Each error alone, and then whatever comes together.
    for (const id of ids) await upload(['kept', id]);
    await fc.assert(fc.asyncProperty(fc.array(become, { maxLength: 20 }), upload), {
      numRuns: rounds(15, 300),
      seed: seedOf(t),
    });
  });
});
