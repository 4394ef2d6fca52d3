import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../../local/aws/signature.ts';
import { names } from '../../local/environment.ts';
import { type RecordedRequest, recordedRequests, recordedUpload } from './kvs-recording.ts';
import { nodeSha256 } from './node-sha256.ts';

/** An acknowledgement as it came. */
export interface SaidAcknowledgement {
  readonly EventType: string;
  readonly FragmentTimecode?: number;
}

const clusterId = Buffer.from([0x1f, 0x43, 0xb6, 0x75]);

/** So often something is sent: milliseconds. */
const step = 100;

/** How long the last fragment is sent for: milliseconds. */
const lastLasts = 1500;

/**
 * Uploads what AWS's own producer did, byte for byte and as fast as it was recorded; only the signature is made anew,
 * for today and for this machine.
 *
 * @returns what was acknowledged
 */
export async function replayUpload(port: number, credentials: Credentials): Promise<SaidAcknowledgement[]> {
  const [, , putMedia] = (await recordedRequests()).requests;
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  const isContinued = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
      if (/^HTTP\/1\.1 100 Continue\r\n/.test(answer)) resolve();
      if (answer.endsWith('0\r\n\r\n')) socket.end();
    });
  });
  const closed = once(socket, 'close');
  const head = [`POST ${putMedia!.path} HTTP/1.1`, ...(await signedAnew(putMedia!, credentials))];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  await Promise.race([isContinued, closed]);
  await sendPaced(
    await recordedUpload(),
    putMedia!.clusterTimecodesMs!,
    (bytes) => !socket.destroyed && socket.write(chunk(bytes)),
  );
  socket.write('0\r\n\r\n');
  await closed;
  assert.match(answer, /HTTP\/1\.1 200 OK\r\n/);
  return answer.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
}

/** @param times when each cluster was begun, milliseconds */
async function sendPaced(
  body: Buffer,
  times: readonly number[],
  send: (bytes: Buffer) => unknown,
): Promise<void> {
  const begins: number[] = [];
  for (let at = body.indexOf(clusterId); at >= 0; at = body.indexOf(clusterId, at + 1)) begins.push(at);
  assert.equal(begins.length, times.length);
  send(body.subarray(0, begins[0]));
  for (const [index, begin] of begins.entries()) {
    const fragment = body.subarray(begin, begins[index + 1]);
    const lasts = index + 1 < times.length ? times[index + 1]! - times[index]! : lastLasts;
    const size = Math.ceil((fragment.length * step) / lasts);
    for (let at = 0; at < fragment.length; at += size) {
      send(fragment.subarray(at, at + size));
      await delay(step);
    }
  }
}

const chunk = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);

/** The recorded headers, with another date and what is signed of them. */
async function signedAnew(
  { method, path, headers }: RecordedRequest,
  credentials: Credentials,
): Promise<string[]> {
  const recorded = headers.map((line) => line.split(': ') as [string, string]);
  const own = /^(authorization|x-amz-date)$/i;
  const signed = recorded.filter(([name]) =>
    /^(host|connection|transfer-encoding|user-agent|x-amzn-.*)$/i.test(name),
  );
  const signer = new SignatureV4({
    service: 'kinesisvideo',
    region: names.region,
    credentials,
    sha256: nodeSha256,
    applyChecksum: false,
  });
  const { headers: fresh } = await signer.sign(
    {
      method,
      path,
      protocol: 'http:',
      hostname: '127.0.0.1',
      query: {},
      headers: Object.fromEntries(signed.map(([name, value]) => [name.toLowerCase(), value])),
    },
    { signableHeaders: new Set(['connection', 'transfer-encoding', 'user-agent']) },
  );
  return recorded.map(([name, value]) => {
    const now = own.test(name) ? fresh[name.toLowerCase()] : value;
    return `${name}: ${now}`;
  });
}
