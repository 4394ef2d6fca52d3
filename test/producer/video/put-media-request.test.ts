import assert from 'node:assert/strict';
import { test } from 'node:test';
import { putMediaRequest } from '../../../producer/video/put-media-request.ts';
import { headerOf, recordedRequests, withoutRecording } from '../../support/kvs-recording.ts';
import { nodeSha256 } from '../../support/node-sha256.ts';

test('the head of an upload has the headers and the signature of AWS’s own producer', {
  skip: withoutRecording,
}, async () => {
  const { secretAccessKey, requests } = await recordedRequests();
  const recorded = requests[2]!;
  const { headers, method, path } = await putMediaRequest({
    endpoint: 'http://127.0.0.1',
    region: 'us-east-1',
    streamName: 'front-door',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey },
    startTime: 1_795_415_805_378,
    now: Date.UTC(2026, 10, 23, 6, 36, 45),
    userAgent: headerOf(recorded, 'user-agent'),
    sha256: nodeSha256,
  });
  assert.deepEqual([method, path], ['POST', '/putMedia']);
  const lower = Object.entries(headers as Record<string, string>).map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]);
  const theirs = recorded.headers.map((line) => /^([^:]+): (.*)$/.exec(line)!.slice(1));
  assert.deepEqual(
    Object.fromEntries(lower),
    Object.fromEntries(
      theirs.map(([name = '', value]) => [name.toLowerCase(), value]).filter(([name]) => name !== 'accept'),
    ),
  );
});
