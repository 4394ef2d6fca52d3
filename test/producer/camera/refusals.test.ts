import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import path from 'node:path';
import { before, describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openCamera } from '../../../producer/camera/camera.ts';
import { CameraError } from '../../../producer/camera/camera-error.ts';
import { makeClip } from '../../support/clip.ts';
import { emptyFolder } from '../../support/folder.ts';
import {
  type CodedVideo,
  codedVideo,
  lines,
  type Oddity,
  rtpPackets,
  sdpOf,
  startOddCamera,
} from '../../support/odd-camera.ts';

let video: CodedVideo;

before(async () => {
  const file = path.join(await emptyFolder(), 'door.mp4');
  const picture = { width: 32, height: 18, data: new Uint8Array(32 * 18 * 3).fill(120) };
  await makeClip([{ picture, seconds: 2 }], file, { framesPerSecond: 10, width: 320 });
  video = await codedVideo(file);
});

const patience = { first: 8000, next: 5000 };

/** @returns what is said of a camera that does not send its video */
async function refusal(
  t: TestContext,
  oddity: Oddity,
): Promise<{ error: CameraError; asked: readonly string[] }> {
  const camera = await startOddCamera(oddity);
  t.after(() => camera.stop());
  try {
    const address = camera.address.replace('//', '//joy:s3cret@');
    for await (const _ of openCamera(address, { patience })) assert.fail('There was to be no picture.');
  } catch (error) {
    assert.ok(error instanceof CameraError, String(error));
    assert.doesNotMatch(`${error.message} ${error.withoutAddress} ${error.cause}`, /joy|s3cret/);
    assert.doesNotMatch(error.message, /does not answer/);
    return { error, asked: camera.asked };
  }
  return assert.fail('It was to be refused.');
}

/** Whether a picture comes. */
async function isWatched(t: TestContext, oddity: Oddity): Promise<boolean> {
  const camera = await startOddCamera(oddity);
  t.after(() => camera.stop());
  for await (const { picture } of openCamera(camera.address, { patience })) return picture.width === 320;
  return false;
}

const answerTo = (
  method: string,
  status: string,
  headers: Readonly<Record<string, string>> = {},
): Oddity => ({
  sdp: sdpOf(video),
  on: { [method]: (request, viewer) => viewer.answer(request, { status, headers }) },
});

describe('a camera that answers', { concurrency: 3 }, () => {
  for (const [method, status, failure, words] of [
    ['SETUP', '453 Not Enough Bandwidth', 'busy', /too many viewers \(error 453\)\. Close other apps/],
    ['PLAY', '503 Service Unavailable', 'busy', /too many viewers \(error 503\)/],
    ['DESCRIBE', '500 Internal Server Error', 'declined', /refuses to send its video \(error 500\)/],
    ['SETUP', '455 Method Not Valid in This State', 'declined', /refuses to send its video \(error 455\)/],
    ['DESCRIBE', '404 Stream Not Found', 'missing', /no video.*Check the path/],
  ] as const) {
    test(`${method} with ${status} is said to have answered so`, async (t) => {
      const { error } = await refusal(t, answerTo(method, status));
      assert.equal(error.failure, failure);
      assert.match(error.message, words);
      assert.equal(error.status, Number(status.slice(0, 3)));
    });
  }

  test('with a login of a kind that is not known is not said to refuse the password', async (t) => {
    const headers = { 'WWW-Authenticate': 'Digest realm="door", nonce="1", algorithm=SHA-256, qop="auth"' };
    const { error } = await refusal(t, answerTo('DESCRIBE', '401 Unauthorized', headers));
    assert.equal(error.failure, 'unknown login');
    assert.match(error.message, /a kind of login that I don't know\. In its settings.*MD5/);
  });

  test('with a refusal of the login is asked once and not again', async (t) => {
    const headers = { 'WWW-Authenticate': 'Digest realm="door", nonce="1"' };
    const { error, asked } = await refusal(t, answerTo('DESCRIBE', '401 Unauthorized', headers));
    assert.equal(error.failure, 'refused');
    assert.deepEqual(asked, ['OPTIONS', 'DESCRIBE', 'DESCRIBE']);
  });

  test('that sends neither over TCP nor over UDP is tried with both, and says so', async (t) => {
    const { error, asked } = await refusal(t, answerTo('SETUP', '461 Unsupported Transport'));
    assert.equal(error.failure, 'transport');
    assert.match(error.message, /neither over TCP nor over UDP/);
    assert.deepEqual(asked, ['OPTIONS', 'DESCRIBE', 'SETUP', 'SETUP']);
  });

  test('that sends over UDP alone is watched over UDP', async (t) => {
    const sender = createSocket('udp4').bind(0, '127.0.0.1');
    t.after(() => sender.close());
    await once(sender, 'listening');
    const from = sender.address().port;
    let to = 0;
    const camera: Oddity = {
      sdp: sdpOf(video),
      on: {
        SETUP(request, viewer) {
          const transport = request.headers.get('transport') ?? '';
          const [, port] = /client_port=(\d+)/.exec(transport) ?? [];
          if (port === undefined) return viewer.answer(request, { status: '461 Unsupported Transport' });
          to = Number(port);
          viewer.answer(request, {
            headers: {
              Session: '12345678',
              Transport: `RTP/AVP/UDP;unicast;client_port=${to}-${to + 1};server_port=${from}-${from + 1}`,
            },
          });
        },
      },
      async play(_viewer, signal) {
        for (let number = 0; !signal.aborted; number++) {
          const { units } = video.pictures[number % video.pictures.length]!;
          for (const packet of rtpPackets(units, { time: number * 9000 }))
            sender.send(packet, to, '127.0.0.1');
          await delay(100, undefined, { signal });
        }
      },
    };
    assert.ok(await isWatched(t, camera));
  });

  test('with a track in JPEG before the one in H.264 is watched in H.264', async (t) => {
    const jpeg = [
      'm=video 0 RTP/AVP 26',
      'a=rtpmap:26 JPEG/90000',
      'a=framesize:26 1920-1080',
      'a=control:track0',
    ];
    const [head, track] = sdpOf(video).split('m=video');
    const camera: Oddity = {
      sdp: `${head}${lines(...jpeg)}m=video${track}`,
      async play(viewer, signal) {
        for (let number = 0; !signal.aborted; number++) {
          // The second track has the second pair of channels.
          const { units } = video.pictures[number % video.pictures.length]!;
          viewer.sendPicture(units, { time: number * 9000, channel: 2 });
          await delay(100, undefined, { signal });
        }
      },
    };
    assert.ok(await isWatched(t, camera));
  });
});
