import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  GetMediaCommand,
  KinesisVideoMediaClient,
  type StartSelector,
} from '@aws-sdk/client-kinesis-video-media';
import { getMediaService } from '../../../../local/aws/kinesis-video/get-media.ts';
import type { UploadedFragment } from '../../../../local/aws/kinesis-video/uploaded-fragment.ts';
import { Uploads } from '../../../../local/aws/kinesis-video/uploads.ts';
import { VideoStreams } from '../../../../local/aws/kinesis-video/video-streams.ts';
import { type LocalAws, startAwsServer } from '../../../../local/aws/server.ts';
import { elementsOf, numberIn } from '../../../support/ebml.ts';
import { eventually } from '../../../support/eventually.ts';
import { emptyFolder } from '../../../support/folder.ts';
import { clientOptions, localCredentials } from '../clients.ts';

const noon = Date.UTC(2026, 11, 24, 12);
const tracks = [
  { number: 1, codecId: 'V_MPEG4/ISO/AVC', codecPrivate: Buffer.from('avcC'), width: 640, height: 360 },
];

/** The fragment of a second; it was here half a second later. */
const fragment = (index: number): UploadedFragment => {
  const producerTime = noon + index * 1000;
  const frames = [0, 500].map((offset) => ({
    time: producerTime + offset,
    isKey: offset === 0,
    track: 1,
    data: Buffer.from(`picture ${index}.${offset}`),
  }));
  const number = String(index + 1).padStart(47, '9');
  return { number, producerTime, serverTime: producerTime + 500, tracks, frames };
};

const [timestampId, blockId, nameId, stringId] = [0xe7, 0xa3, 0x45a3, 0x4487];

/** What was given: pictures, times and tags, in their order. */
function readChunks(bytes: Uint8Array): string[] {
  const elements = elementsOf(Buffer.from(bytes));
  return elements.flatMap(({ id, content }, index) => {
    if (id === timestampId) return [`at ${numberIn(content) - noon}`];
    if (id === blockId)
      return [`${content!.readInt16BE(1)} ${content![3] ? 'key ' : ''}${content!.subarray(4)}`];
    if (id !== nameId) return [];
    assert.equal(elements[index + 1]!.id, stringId);
    return [`${String(content).replace('AWS_KINESISVIDEO_', '')} ${elements[index + 1]!.content}`];
  });
}

const picturesIn = (bytes: Uint8Array) => readChunks(bytes).filter((said) => /picture/.test(said));

describe('GetMedia', { concurrency: true }, () => {
  let streams: VideoStreams;
  let aws: LocalAws;
  let client: KinesisVideoMediaClient;
  const uploads = new Uploads();

  before(async () => {
    streams = new VideoStreams(await emptyFolder());
    aws = await startAwsServer({
      port: 0,
      credentials: localCredentials,
      services: [getMediaService(streams, uploads)],
      log: () => {},
    });
    client = new KinesisVideoMediaClient(clientOptions(aws));
  });

  after(async () => {
    client.destroy();
    await aws.close();
  });

  /** A stream with so many fragments. */
  async function openStream(name: string, count: number) {
    await streams.create({ name, retentionHours: 1 });
    const upload = uploads.of(name);
    for (let index = 0; index < count; index++) upload.ended(fragment(index));
    return upload;
  }

  const ask = (StreamName: string, StartSelector: StartSelector, abortSignal?: AbortSignal) =>
    client.send(new GetMediaCommand({ StreamName, StartSelector }), { ...(abortSignal && { abortSignal }) });

  test('gives each fragment with what it is and where to go on', async () => {
    await openStream('whole', 2);
    const { ContentType, Payload } = await ask('whole', { StartSelectorType: 'EARLIEST' });
    assert.equal(ContentType, 'video/webm');
    assert.deepEqual(readChunks(await Payload!.transformToByteArray()), [
      `FRAGMENT_NUMBER ${fragment(0).number}`,
      `SERVER_TIMESTAMP ${noon / 1000}.500`,
      `PRODUCER_TIMESTAMP ${noon / 1000}.000`,
      'at 0',
      '0 key picture 0.0',
      '500 picture 0.500',
      'MILLIS_BEHIND_NOW 1000',
      `CONTINUATION_TOKEN ${fragment(0).number}`,
      `FRAGMENT_NUMBER ${fragment(1).number}`,
      `SERVER_TIMESTAMP ${noon / 1000 + 1}.500`,
      `PRODUCER_TIMESTAMP ${noon / 1000 + 1}.000`,
      'at 1000',
      '0 key picture 1.0',
      '500 picture 1.500',
      'MILLIS_BEHIND_NOW 0',
      `CONTINUATION_TOKEN ${fragment(1).number}`,
    ]);
  });

  test('begins where it is asked to', async () => {
    await openStream('from', 4);
    const StartTimestamp = new Date(noon + 1700);
    const table: Array<[selector: StartSelector, first: number]> = [
      [{ StartSelectorType: 'EARLIEST' }, 0],
      [{ StartSelectorType: 'NOW' }, 3],
      [{ StartSelectorType: 'FRAGMENT_NUMBER', AfterFragmentNumber: fragment(1).number }, 2],
      [{ StartSelectorType: 'CONTINUATION_TOKEN', ContinuationToken: fragment(0).number }, 1],
      [{ StartSelectorType: 'PRODUCER_TIMESTAMP', StartTimestamp }, 2],
      [{ StartSelectorType: 'SERVER_TIMESTAMP', StartTimestamp }, 1],
      [{ StartSelectorType: 'PRODUCER_TIMESTAMP', StartTimestamp: new Date(noon - 60_000) }, 0],
    ];
    const given = [];
    // Three may read at a time.
    for (const [selector] of table) {
      const { Payload } = await ask('from', selector);
      const reader = (Payload as unknown as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
      given.push(picturesIn((await reader.next()).value)[0]);
      await reader.return?.();
    }
    assert.deepEqual(
      given,
      table.map(([, first]) => `0 key picture ${first}.0`),
    );
  });

  test('goes on with what is uploaded, for as long as it is', async () => {
    const upload = await openStream('live', 2);
    const disconnect = upload.connect();
    const { Payload } = await ask('live', { StartSelectorType: 'NOW' });
    const pictures: string[] = [];
    const read = (async () => {
      for await (const bytes of Payload as unknown as AsyncIterable<Uint8Array>)
        pictures.push(...picturesIn(bytes));
    })();
    await eventually('the newest is there', () => pictures.length === 2);
    upload.ended(fragment(2));
    await eventually('the next is there', () => pictures.length === 4);
    disconnect();
    await read;
    assert.deepEqual(
      pictures,
      [1, 2].flatMap((index) => [`0 key picture ${index}.0`, `500 picture ${index}.500`]),
    );
  });

  test('takes three readers of a stream, and another once one is gone', async () => {
    const upload = await openStream('read', 1);
    const disconnect = upload.connect();
    const leaving = [1, 2, 3].map(() => new AbortController());
    const readers = await Promise.all(
      leaving.map(({ signal }) => ask('read', { StartSelectorType: 'NOW' }, signal)),
    );
    await assert.rejects(ask('read', { StartSelectorType: 'NOW' }), {
      name: 'ConnectionLimitExceededException',
    });
    const [first] = readers;
    (first!.Payload as unknown as { destroy(): void }).destroy();
    await eventually('there is room', async () => {
      const another = await ask('read', { StartSelectorType: 'NOW' }).catch(() => undefined);
      if (another) readers.push(another);
      return another !== undefined;
    });
    for (const { Payload } of readers) (Payload as unknown as { destroy(): void }).destroy();
    disconnect();
  });

  test('says of a fragment that is not there that it is not found', async () => {
    await openStream('lost', 1);
    const { Payload } = await ask('lost', { StartSelectorType: 'FRAGMENT_NUMBER', AfterFragmentNumber: '5' });
    assert.deepEqual(readChunks(await Payload!.transformToByteArray()), [
      'ERROR_CODE Requested fragment is not found.',
      'ERROR_ID 4000',
    ]);
  });

  test('refuses a stream that is not there, and a beginning that is none', async () => {
    await assert.rejects(ask('nowhere', { StartSelectorType: 'NOW' }), { name: 'ResourceNotFoundException' });
    await openStream('refusing', 0);
    for (const selector of [
      { StartSelectorType: 'SOON' },
      { StartSelectorType: 'PRODUCER_TIMESTAMP' },
      { StartSelectorType: 'FRAGMENT_NUMBER', AfterFragmentNumber: 'x' },
    ] as StartSelector[])
      await assert.rejects(ask('refusing', selector), { name: 'InvalidArgumentException' });
  });
});
