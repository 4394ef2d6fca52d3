import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openCamera } from '../../../producer/camera/camera.ts';
import { CameraError, type CameraFailure } from '../../../producer/camera/camera-error.ts';
import { decodePicture } from '../../../vision/picture.ts';
import { makeClip } from '../../support/clip.ts';
import { emptyFolder } from '../../support/folder.ts';
import {
  type CodedVideo,
  codedVideo,
  lines,
  type Oddity,
  rtpPacket,
  sdpOf,
  senderReport,
  startOddCamera,
  type Viewer,
} from '../../support/odd-camera.ts';
import { isRunning } from '../../support/processes.ts';

/** Pictures as wide as this are enough to tell which video they are of. */
const [wide, narrow] = [320, 160];

let video: CodedVideo;
let smallVideo: CodedVideo;

before(async () => {
  const folder = await emptyFolder();
  const picture = { width: 32, height: 18, data: new Uint8Array(32 * 18 * 3).fill(120) };
  const coded = async (width: number) => {
    const file = path.join(folder, `${width}.mp4`);
    await makeClip([{ picture, seconds: 2 }], file, { framesPerSecond: 10, width });
    return await codedVideo(file);
  };
  [video, smallVideo] = await Promise.all([coded(wide), coded(narrow)]);
});

/** Sends the pictures over and over, ten a second. `odd` is called before each. */
async function sendAll(
  viewer: Viewer,
  signal: AbortSignal,
  odd: (number: number) => CodedVideo | undefined = () => video,
): Promise<void> {
  for (let number = 0; !signal.aborted; number++) {
    const shown = odd(number);
    if (!shown) return;
    const { units } = shown.pictures[number % shown.pictures.length]!;
    viewer.sendPicture(units, { time: number * 9000 });
    await delay(100, undefined, { signal });
  }
}

/** What a viewer has of a camera: the widths of its first pictures, and why there were no more. */
interface Seen {
  readonly widths: number[];
  readonly failure: CameraFailure | undefined;
  readonly words: string;
}

/** Watches until so many pictures were seen, or it fails. */
async function watch(t: TestContext, oddity: Oddity, pictures: number, first = 1500): Promise<Seen> {
  const camera = await startOddCamera(oddity);
  t.after(() => camera.stop());
  const readers: number[] = [];
  const onStart = (pid: number) => readers.push(pid);
  const widths: number[] = [];
  try {
    const frames = openCamera(camera.address, {
      onStart,
      patience: { first, next: 1500 },
      framesPerSecond: 10,
    });
    for await (const { picture, sent } of frames) {
      const decoded = await decodePicture(picture.jpeg);
      assert.deepEqual([decoded.width, decoded.height], [picture.width, picture.height]);
      widths.push(sent.width);
      if (widths.length >= pictures) break;
    }
  } catch (error) {
    if (!(error instanceof CameraError)) throw error;
    return { widths, failure: error.failure, words: error.message };
  } finally {
    assert.equal(readers.filter(isRunning).length, 0, 'no process is left behind');
  }
  return { widths, failure: undefined, words: '' };
}

/** Cameras that never show a picture: what they do, and what is said of them. */
const blind: Record<string, { failure: CameraFailure | readonly CameraFailure[]; oddity: () => Oddity }> = {
  'that sends nothing once it plays': { failure: 'silent', oddity: () => ({ sdp: sdpOf(video) }) },
  'that only sends reports (RTCP)': {
    failure: 'silent',
    oddity: () => ({
      sdp: sdpOf(video),
      async play(viewer, signal) {
        for (; !signal.aborted; await delay(50)) viewer.send(1, senderReport());
      },
    }),
  },
  'whose packets (RTP) hold no pictures': {
    failure: 'silent',
    oddity: () => ({
      sdp: sdpOf(video),
      async play(viewer, signal) {
        for (let sequence = 0; !signal.aborted; await delay(20)) {
          viewer.send(
            0,
            rtpPacket(Buffer.from('garbage '.repeat(20)), { sequence: sequence++, isLast: true }),
          );
        }
      },
    }),
  },
  'whose packets are no RTP, on channels that nobody asked for': {
    failure: 'silent',
    oddity: () => ({
      sdp: sdpOf(video),
      async play(viewer, signal) {
        for (let channel = 0; !signal.aborted; await delay(20)) {
          viewer.send(channel++ & 0xff, Buffer.alloc(65_535, channel));
        }
      },
    }),
  },
  'that shows one picture and falls silent': {
    failure: 'silent',
    oddity: () => ({
      sdp: sdpOf(video),
      play: (viewer) => viewer.sendPicture(video.pictures[0]!.units),
    }),
  },
  'that answers by half': {
    failure: 'silent',
    oddity: () => ({ on: { DESCRIBE: (_request, { socket }) => socket.write('RTSP/1.0 200 OK\r\nCSe') } }),
  },
  'whose headers never end': {
    failure: 'silent',
    oddity: () => ({
      on: {
        DESCRIBE(_request, { socket }) {
          socket.write('RTSP/1.0 200 OK\r\nCSeq: 2\r\n');
          const more = setInterval(() => socket.write('X-More: and more\r\n'.repeat(50)), 20);
          socket.on('close', () => clearInterval(more));
        },
      },
    }),
  },
  'that hangs up in the middle of SETUP': {
    failure: 'declined',
    oddity: () => ({ sdp: sdpOf(video), on: { SETUP: (_request, { socket }) => socket.resetAndDestroy() } }),
  },
  'that has no track': {
    failure: ['no video', 'declined'],
    oddity: () => ({ sdp: lines('v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=door', 't=0 0') }),
  },
  'that has only sound': {
    failure: 'no video',
    oddity: () => ({
      sdp: lines(
        ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=door', 't=0 0'],
        ...['m=audio 0 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', 'a=control:track2'],
      ),
      async play(viewer, signal) {
        for (; !signal.aborted; await delay(20))
          viewer.send(0, rtpPacket(Buffer.alloc(160), { payloadType: 0 }));
      },
    }),
  },
  'whose description (SDP) is broken': {
    failure: ['no video', 'unreadable', 'declined'],
    oddity: () => ({
      sdp: `m=\r\nm=video\r\na=rtpmap:\r\na=fmtp:96 sprop-parameter-sets=,,;\r\n\u0000\u0001${'='.repeat(999)}`,
    }),
  },
  'whose description (SDP) is a giant': {
    failure: ['silent', 'declined', 'no video', 'unreadable'],
    oddity: () => ({ sdp: sdpOf(video) + 'a=x-more:and more\r\n'.repeat(200_000) }),
  },
  'that speaks another language': {
    failure: ['declined', 'unreadable', 'silent'],
    oddity: () => ({
      on: {
        OPTIONS: (_request, { socket }) =>
          socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'),
      },
    }),
  },
};

/** Cameras that are odd and can be watched all the same. */
const strange: Record<string, { oddity: () => Oddity; widths?: readonly number[]; first?: number }> = {
  'that is slow to describe itself': {
    oddity: () => ({
      sdp: sdpOf(video),
      on: {
        async DESCRIBE(request, viewer) {
          await delay(2000);
          viewer.answer(request, { headers: { 'Content-Type': 'application/sdp' }, body: sdpOf(video) });
        },
      },
      play: sendAll,
    }),
    first: 6000,
  },
  'whose packets are empty now and then': {
    oddity: () => ({
      sdp: sdpOf(video),
      async play(viewer, signal) {
        await sendAll(viewer, signal, () => {
          viewer.send(0, Buffer.alloc(0));
          viewer.send(0, rtpPacket(Buffer.alloc(0)));
          viewer.send(1, Buffer.alloc(0));
          return video;
        });
      },
    }),
  },
  'that changes to another size in mid-stream': {
    oddity: () => ({
      sdp: sdpOf(video),
      play: (viewer, signal) =>
        sendAll(viewer, signal, (number) =>
          Math.floor(number / video.pictures.length) % 2 ? smallVideo : video,
        ),
    }),
    widths: [wide, narrow],
  },
};

/** Cameras that break off or break up: no matter how they fail, something is said. */
const breaking: Record<string, () => Oddity> = {
  'that hangs up in mid-frame': () => ({
    sdp: sdpOf(video),
    async play(viewer, signal) {
      await sendAll(viewer, signal, (number) => (number < 10 ? video : undefined));
      viewer.socket.end(Buffer.from([0x24, 0, 0x05, 0x78, 0x80, 96, 1, 2, 3]));
    },
  }),
  'that says TEARDOWN itself in mid-frame': () => ({
    sdp: sdpOf(video),
    async play(viewer, signal) {
      await sendAll(viewer, signal, (number) => (number < 10 ? video : undefined));
      viewer.socket.write(Buffer.from([0x24, 0, 0x05, 0x78, 0x80, 96, 1, 2, 3]));
      viewer.socket.write('TEARDOWN rtsp://127.0.0.1/door RTSP/1.0\r\nCSeq: 9\r\nSession: 12345678\r\n\r\n');
    },
  }),
  'that changes to another coding in mid-stream': () => ({
    sdp: sdpOf(video),
    async play(viewer, signal) {
      await sendAll(viewer, signal, (number) => (number < 10 ? video : undefined));
      for (let time = 0; !signal.aborted; time += 9000) {
        viewer.sendPicture([Buffer.alloc(3000, 0x42)], { payloadType: 97, time });
        await delay(100);
      }
    },
  }),
  'that breaks its parameter sets in mid-stream': () => ({
    sdp: sdpOf(video),
    async play(viewer, signal) {
      await sendAll(viewer, signal, (number) => (number < 10 ? video : undefined));
      for (let time = 0; !signal.aborted; time += 9000) {
        const broken = Buffer.from([0x67, 0x42, 0xc0, 0x1f, 0xff, 0xff, 0xff, 0xff, time & 0xff]);
        viewer.sendPicture([broken, Buffer.concat([Buffer.from([0x65]), Buffer.alloc(500, time)])], { time });
        await delay(50);
      }
    },
  }),
};

describe('a camera', { concurrency: 3 }, () => {
  for (const [what, { failure, oddity }] of Object.entries(blind)) {
    test(`${what} shows nothing, and it is said why`, async (t) => {
      const seen = await watch(t, oddity(), 1);
      const expected = [failure].flat();
      assert.ok(seen.failure && expected.includes(seen.failure), `${seen.failure}, not ${expected}`);
      assert.deepEqual(seen.widths, []);
      assert.doesNotMatch(seen.words, /does not answer/);
    });
  }

  for (const [what, { oddity, widths = [wide], first }] of Object.entries(strange)) {
    test(`${what} is watched all the same`, async (t) => {
      const seen = await watch(t, oddity(), 40, first);
      assert.equal(seen.failure, undefined);
      assert.deepEqual([...new Set(seen.widths)], widths);
    });
  }

  for (const [what, oddity] of Object.entries(breaking)) {
    test(`${what} is watched until then, and it is said that it stopped`, async (t) => {
      const seen = await watch(t, oddity(), 1000);
      assert.equal(seen.failure, 'ended');
      assert.ok(seen.widths.length >= 3, String(seen.widths.length));
    });
  }

  test('that answers everything twice fails or is watched, and nothing breaks', async (t) => {
    const twice: Oddity['on'] = Object.fromEntries(
      ['OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY'].map((method) => [
        method,
        (request, viewer) => {
          const headers = { Session: '12345678', Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1' };
          for (let i = 0; i < 2; i++)
            viewer.answer(request, { headers, body: method === 'DESCRIBE' ? sdpOf(video) : '' });
        },
      ]),
    );
    const { failure, widths } = await watch(t, { sdp: sdpOf(video), on: twice }, 1);
    assert.ok(failure !== undefined || widths.length === 1);
  });
});
