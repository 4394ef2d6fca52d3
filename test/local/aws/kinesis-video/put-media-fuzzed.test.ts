import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { putMediaService } from '../../../../local/aws/kinesis-video/put-media.ts';
import { Uploads } from '../../../../local/aws/kinesis-video/uploads.ts';
import { VideoStreams } from '../../../../local/aws/kinesis-video/video-streams.ts';
import { type LocalAws, startAwsServer } from '../../../../local/aws/server.ts';
import { clusterHead, endOfFragment, simpleBlock, streamHead } from '../../../../producer/video/matroska.ts';
import { emptyFolder } from '../../../support/folder.ts';
import { nodeSha256 } from '../../../support/node-sha256.ts';
import { type RawAnswer, rawHttp } from '../../../support/raw-http.ts';
import { rounds, seedOf } from '../../../support/rounds.ts';
import { localCredentials } from '../clients.ts';

const noon = Date.UTC(2026, 11, 24, 12);
const track = { width: 640, height: 360, codecPrivate: Buffer.from('avcC') };
const upload = Buffer.concat([
  streamHead(track, Buffer.alloc(16, 1)),
  clusterHead(noon),
  simpleBlock(0, true, Buffer.from('key')),
  simpleBlock(100, false, Buffer.from('next')),
  endOfFragment,
]);
const usual = {
  'x-amzn-fragment-acknowledgment-required': '1',
  'x-amzn-fragment-timecode-type': 'ABSOLUTE',
  'x-amzn-producer-start-timestamp': (noon / 1000).toFixed(3),
  'x-amzn-stream-name': 'front-door',
};

/** What PutMedia may answer in place of acknowledging (API reference, PutMedia, "Errors"; and the common errors). */
const refusals = [
  'InvalidArgumentException',
  'ResourceNotFoundException',
  'ConnectionLimitExceededException',
  'ValidationException',
];

describe('PutMedia over a socket', () => {
  let aws: LocalAws;
  const faults: string[] = [];

  before(async () => {
    const streams = new VideoStreams(await emptyFolder());
    await streams.create({ name: 'front-door', retentionHours: 1 });
    aws = await startAwsServer({
      port: 0,
      credentials: localCredentials,
      services: [putMediaService({ streams, uploads: new Uploads(), now: () => noon })],
      log: (line) => faults.push(line),
      now: () => noon,
    });
  });

  after(() => aws.close());

  async function put(headers: Readonly<Record<string, string>>, body: Uint8Array): Promise<RawAnswer> {
    const signer = new SignatureV4({
      service: 'kinesisvideo',
      region: 'us-east-1',
      credentials: localCredentials,
      sha256: nodeSha256,
      applyChecksum: false,
    });
    const host = `127.0.0.1:${aws.port}`;
    const signed = await signer.sign(
      {
        method: 'POST',
        protocol: 'http:',
        hostname: '127.0.0.1',
        port: aws.port,
        path: '/putMedia',
        query: {},
        headers: { host, ...headers },
      },
      { signingDate: new Date(noon) },
    );
    return rawHttp(aws.port, { method: 'POST', target: '/putMedia', headers: signed.headers, body });
  }

  /** The acknowledgements of an upload that was begun. */
  const saidIn = ({ body }: RawAnswer) =>
    body.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));

  /** Nothing but what is documented, and no fault of ours. */
  function assertDocumented(answer: RawAnswer): void {
    assert.deepEqual(faults, []);
    if (answer.status === 200) {
      for (const { EventType, ErrorId } of saidIn(answer)) {
        assert.match(EventType, /^(BUFFERING|RECEIVED|PERSISTED|ERROR)$/);
        if (EventType === 'ERROR') assert.ok(ErrorId >= 4000 && ErrorId <= 4011, String(ErrorId));
      }
      return;
    }
    assert.ok(answer.status === 400 || answer.status === 404, `${answer.status} ${answer.head}`);
    const [, type = ''] = /x-amzn-errortype: (\w+)/i.exec(answer.head) ?? [];
    assert.ok(refusals.includes(type), `${type} ${answer.body}`);
  }

  test('an upload is acknowledged', async () => {
    const said = saidIn(await put(usual, upload));
    assert.deepEqual(
      said.map(({ EventType }) => EventType),
      ['BUFFERING', 'RECEIVED', 'PERSISTED'],
    );
  });

  test('whatever its headers say is taken, or refused with a documented error', async (t) => {
    const value = fc.oneof(
      fc.constantFrom('', 'RELATIVE', 'absolute', 'NaN', '-1', '1e9', '99999999999999', '0', '..', '*'),
      fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) }),
    );
    const changes = fc.dictionary(
      fc.constantFrom(...Object.keys(usual), 'x-amzn-stream-arn', 'x-amzn-else'),
      value,
      { minKeys: 1, maxKeys: 4 },
    );
    const isDocumented = async (changed: Record<string, string>) => {
      const headers = Object.fromEntries(
        Object.entries({ ...usual, ...changed }).filter(([, said]) => said !== ''),
      );
      assertDocumented(await put(headers, upload));
    };
    await fc.assert(fc.asyncProperty(changes, isDocumented), { numRuns: rounds(80, 1000), seed: seedOf(t) });
  });

  test('whatever its body holds is acknowledged, or refused with its number; and the next upload is taken', async (t) => {
    const damage = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.nat(upload.length).map((length) => upload.subarray(0, length)),
      fc
        .array(fc.tuple(fc.nat(upload.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
        .map((bytes) => {
          const damaged = Buffer.from(upload);
          for (const [at, byte] of bytes) damaged[at] = byte;
          return damaged;
        }),
    );
    const isDocumented = async (body: Buffer) => {
      const answer = await put(usual, body);
      assert.equal(answer.status, 200);
      assertDocumented(answer);
    };
    await fc.assert(fc.asyncProperty(damage, isDocumented), { numRuns: rounds(80, 1000), seed: seedOf(t) });
    assert.equal(saidIn(await put(usual, upload)).length, 3);
  });
});
