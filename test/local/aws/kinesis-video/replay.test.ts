import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import {
  CreateStreamCommand,
  DescribeStreamCommand,
  KinesisVideoClient,
} from '@aws-sdk/client-kinesis-video';
import {
  GetImagesCommand,
  KinesisVideoArchivedMediaClient,
} from '@aws-sdk/client-kinesis-video-archived-media';
import sharp from 'sharp';
import { recordedRequests, recordedUpload, withoutRecording } from '../../../support/kvs-recording.ts';
import { openAws } from '../../../support/whole-aws.ts';
import { clientOptions } from '../clients.ts';

/** 2026-11-23T06:36:45Z, when the recorded requests were signed. */
const signedAt = Date.UTC(2026, 10, 23, 6, 36, 45);

describe('the upload of AWS’s own producer, byte for byte as it was recorded', {
  skip: withoutRecording,
}, () => {
  test('is taken, acknowledged fragment by fragment, and its pictures can be had', async (t) => {
    const { secretAccessKey, requests } = await recordedRequests();
    const [describeStream, getDataEndpoint, putMedia] = requests;
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey };
    const aws = await openAws({ credentials, now: () => signedAt });
    t.after(() => aws.close());
    const options = { ...clientOptions(aws), credentials };
    const client = new KinesisVideoClient(options);
    t.after(() => client.destroy());
    await client.send(new CreateStreamCommand({ StreamName: 'front-door', DataRetentionInHours: 1 }));
    const { StreamInfo } = await client.send(new DescribeStreamCommand({ StreamName: 'front-door' }));

    const described = await say(aws.port, describeStream!, Buffer.from(describeStream!.body!));
    assert.match(described, /^HTTP\/1\.1 200 /);
    assert.ok(described.includes(StreamInfo!.StreamARN!));
    const endpoint = await say(aws.port, getDataEndpoint!, Buffer.from(getDataEndpoint!.body!));
    assert.ok(endpoint.includes(aws.url));

    const answer = await say(aws.port, putMedia!, chunked(await recordedUpload()));
    assert.match(answer, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
    const said = answer.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
    const times = putMedia!.clusterTimecodesMs!;
    for (const event of ['BUFFERING', 'RECEIVED', 'PERSISTED']) {
      const of = said.filter(({ EventType }) => EventType === event);
      assert.deepEqual(
        of.map(({ FragmentTimecode }) => FragmentTimecode),
        times,
        event,
      );
      assert.equal(new Set(of.map(({ FragmentNumber }) => FragmentNumber)).size, times.length);
    }
    assert.equal(said.length, 3 * times.length);

    const archive = new KinesisVideoArchivedMediaClient(options);
    t.after(() => archive.destroy());
    const wanted = times[2]! + 500;
    const { Images } = await archive.send(
      new GetImagesCommand({
        StreamName: 'front-door',
        ImageSelectorType: 'PRODUCER_TIMESTAMP',
        StartTimestamp: new Date(wanted),
        EndTimestamp: new Date(wanted + 100),
        Format: 'JPEG',
        MaxResults: 1,
      }),
    );
    const { width, height, format } = await sharp(
      Buffer.from(Images![0]!.ImageContent!, 'base64'),
    ).metadata();
    assert.deepEqual([format, width, height], ['jpeg', 640, 360]);
  });

  test('with another stream’s name in it is refused for its signature, before a byte of the body', async (t) => {
    const { secretAccessKey, requests } = await recordedRequests();
    const aws = await openAws({
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey },
      now: () => signedAt,
    });
    t.after(() => aws.close());
    const headers = requests[2]!.headers.map((line) => line.replace('front-door', 'back-door'));
    assert.match(
      await say(aws.port, { ...requests[2]!, headers }),
      /^HTTP\/1\.1 403 .*InvalidSignatureException/s,
    );
  });
});

/** Says a recorded request as it was said. @returns the whole answer */
async function say(
  port: number,
  {
    method,
    path,
    headers,
  }: { readonly method: string; readonly path: string; readonly headers: readonly string[] },
  body?: Buffer,
): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
    if (answer.endsWith('0\r\n\r\n') || (/\r\n\r\n.+$/s.test(answer) && /content-length: \d/i.test(answer)))
      socket.end();
  });
  socket.write(`${[`${method} ${path} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n`);
  if (body) socket.write(body);
  await once(socket, 'close');
  return answer;
}

/** As HTTP sends what has no length, in pieces of odd sizes. */
function chunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += 1777) {
    const chunk = body.subarray(at, at + 1777);
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}
