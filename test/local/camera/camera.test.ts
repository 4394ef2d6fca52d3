import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Camera, createCamera } from '../../../local/camera/camera.ts';
import type { OpenCamera } from '../../../local/camera/sources.ts';
import type { CameraState } from '../../../local/camera/state.ts';
import { CameraError } from '../../../producer/camera/camera-error.ts';
import type { Frame } from '../../../producer/camera/frame.ts';
import { decodePicture, encodeJpeg } from '../../../vision/picture.ts';
import { emptyFolder } from '../../support/folder.ts';
import { jpegOf } from '../../support/pictures.ts';

const picture = (shade: number) => ({ width: 32, height: 24, data: new Uint8Array(32 * 24 * 3).fill(shade) });
const [grey, light] = await Promise.all([128, 200].map((shade) => jpegOf(picture(shade))));
const frame = (time: number, picture = grey!): Frame => ({ time, picture });
const quick = { firstRetry: 1, longestRetry: 2, silence: 60_000, frozen: 60_000, refused: [1, 1, 1] };

/** Stays open until it is told to end, as a camera does. */
const untilAborted = async (signal: AbortSignal) => {
  if (!signal.aborted) await once(signal, 'abort');
};

interface Setting {
  open?: OpenCamera;
  cameraUrl?: string;
  folder?: string;
  now?: () => number;
  timings?: Partial<typeof quick>;
}

async function cameraFor(t: TestContext, { open, folder, ...rest }: Setting = {}): Promise<Camera> {
  const camera = createCamera({
    folder: folder ?? (await emptyFolder()),
    open:
      open ??
      (() => {
        throw new Error('No source was to be opened.');
      }),
    ...rest,
    timings: { ...quick, ...rest.timings },
  });
  t.after(() => camera.close());
  return camera;
}

/** Waits for a state, beginning with the one that is. */
function stateThat(camera: Camera, holds: (state: CameraState) => boolean): Promise<CameraState> {
  return new Promise((resolve) => {
    const look = (state: CameraState) => {
      if (!holds(state)) return;
      stop();
      resolve(state);
    };
    const stop = camera.watch(look);
    look(camera.state);
  });
}

/** A source that hands out the frames and stays open. */
const endless = (...frames: Frame[]): OpenCamera =>
  async function* (_address, { signal }) {
    yield* frames;
    await untilAborted(signal);
  };

async function* bytes(text: string) {
  yield Buffer.from(text);
}

test('a new camera is off, and no webcam picture is taken then', async (t) => {
  const camera = await cameraFor(t);
  assert.equal(camera.state.status, 'off');
  await assert.rejects(camera.receive(await encodeJpeg(picture(9))), { name: 'CameraChoiceError' });
});

test('a webcam picture goes to everyone who follows and is kept as it came', async (t) => {
  const camera = await cameraFor(t);
  assert.equal((await camera.choose('webcam')).status, 'connecting');
  const next = camera.frames(AbortSignal.timeout(10_000))[Symbol.asyncIterator]().next();
  const jpeg = await encodeJpeg(picture(200));
  const before = Date.now();
  await camera.receive(jpeg);
  const { value } = await next;
  assert.deepEqual([value?.picture.width, value?.picture.height], [32, 24]);
  assert.ok(value!.time >= before && value!.time <= Date.now() + 1);
  assert.deepEqual((await camera.picture(value!.time))?.jpeg, jpeg);
  const { status, width, height } = camera.state;
  assert.deepEqual({ status, width, height }, { status: 'live', width: 32, height: 24 });
});

test('two webcam pictures in one millisecond get two times', async (t) => {
  const camera = await cameraFor(t);
  await camera.choose('webcam');
  const jpeg = await encodeJpeg(picture(1));
  await Promise.all([camera.receive(jpeg), camera.receive(jpeg), camera.receive(jpeg)]);
  const times = (await camera.pictures(0, Number.MAX_SAFE_INTEGER)).map(({ time }) => time);
  assert.equal(new Set(times).size, 3);
});

test('a frame that says it is of the future takes no later one along', async (t) => {
  const now = Date.now();
  const camera = await cameraFor(t, {
    open: endless(frame(now + 600_000), frame(now)),
    cameraUrl: 'rtsp://door',
  });
  await stateThat(camera, ({ status }) => status === 'live');
  while ((await camera.pictures(0, Number.MAX_SAFE_INTEGER)).length < 2);
  const times = (await camera.pictures(0, Number.MAX_SAFE_INTEGER)).map(({ time }) => time);
  assert.ok(Math.max(...times) < now + 60_000, times.join());
});

test('a webcam’s pictures are of the time that the house has', async (t) => {
  const before = Date.now() + 600_000;
  const camera = await cameraFor(t, { now: () => Date.now() + 600_000 });
  await camera.choose('webcam');
  await camera.receive(await encodeJpeg(picture(1)));
  const [kept] = await camera.pictures(0, Number.MAX_SAFE_INTEGER);
  assert.ok(kept!.time >= before && kept!.time <= Date.now() + 600_000);
  assert.equal(camera.state.status, 'live');
});

test('a broken webcam picture is refused and changes nothing', async (t) => {
  const camera = await cameraFor(t);
  await camera.choose('webcam');
  const jpeg = await encodeJpeg(picture(77));
  for (const broken of [Buffer.from('no picture'), jpeg.subarray(0, 40), Buffer.alloc(0)]) {
    await assert.rejects(camera.receive(broken), { name: 'PictureError' });
  }
  assert.equal(camera.state.status, 'connecting');
  assert.deepEqual(await camera.pictures(0, Number.MAX_SAFE_INTEGER), []);
});

test('a webcam whose page falls silent is lost, and live again with its next picture', async (t) => {
  const camera = await cameraFor(t, { timings: { silence: 20 } });
  await camera.choose('webcam');
  const lost = await stateThat(camera, ({ status }) => status === 'lost');
  assert.match(lost.message ?? '', /Is it still open/);
  await camera.receive(await encodeJpeg(picture(5)));
  await stateThat(camera, ({ status }) => status === 'live');
});

test('frames of RTSP are handed out and kept as JPEGs of the same picture', async (t) => {
  const now = Date.now();
  const camera = await cameraFor(t, { open: endless(frame(now, light)), cameraUrl: 'rtsp://door' });
  await stateThat(camera, ({ status }) => status === 'live');
  const kept = await camera.picture(now);
  const decoded = await decodePicture(kept!.jpeg);
  assert.deepEqual([decoded.width, decoded.height], [32, 24]);
  assert.ok(Math.abs(decoded.data[0]! - 200) < 4);
});

test('pictures a second are counted by their own times', async (t) => {
  const now = Date.now();
  const open = endless(...[0, 250, 500, 750, 1000].map((after) => frame(now - 1000 + after)));
  const camera = await cameraFor(t, { open, cameraUrl: 'rtsp://door' });
  assert.equal(camera.state.framesPerSecond, 0);
  await new Promise<void>((resolve) => {
    camera.watchPictures(({ time }) => time === now && resolve());
  });
  assert.equal(camera.state.framesPerSecond, 4);
});

test('a lost RTSP camera is tried again until it is back', async (t) => {
  let tries = 0;
  const open: OpenCamera = async function* (_address, { signal }) {
    tries++;
    if (tries === 1) throw new CameraError('refused', 'rtsp://joy:s3cret@door');
    if (tries === 2) return; // A stream that ends.
    yield frame(Date.now());
    await untilAborted(signal);
  };
  const said: (string | undefined)[] = [];
  const camera = await cameraFor(t, { open, cameraUrl: 'rtsp://door' });
  await camera.choose('off');
  tries = 0;
  camera.watch(({ status, message }) => said.push(message ?? status));
  await camera.choose('rtsp');
  await stateThat(camera, ({ status }) => status === 'live');
  assert.deepEqual(said, [
    'Calling the camera.',
    new CameraError('refused', 'rtsp://door').message,
    'The camera ended its stream. Check its power and network.',
    'live',
  ]);
});

test('after two refused logins the camera is tried seldom, and the words warn that it may lock the account', async (t) => {
  const times: number[] = [];
  const open: OpenCamera = () => {
    times.push(performance.now());
    throw new CameraError('refused', 'rtsp://joy:s3cret@door');
  };
  const camera = await cameraFor(t, { open, cameraUrl: 'rtsp://door', timings: { refused: [1, 60_000] } });
  const { message = '' } = await stateThat(camera, ({ message }) => /lock/.test(message ?? ''));
  assert.match(
    message,
    /^The camera at the address given refuses the user name or password.*I try seldom now/,
  );
  assert.equal(times.length, 2);
  await camera.choose('rtsp');
  await stateThat(camera, ({ status }) => status === 'lost');
  assert.ok(times.length > 2, 'whoever chooses it again has it tried at once');
});

test('what is wrong with the camera can be told in the chat, without its address', async (t) => {
  let fails = true;
  const open: OpenCamera = async function* (_address, { signal }) {
    if (fails) throw new CameraError('busy', 'rtsp://joy:s3cret@192.168.1.20/door', { status: 453 });
    yield frame(Date.now());
    await untilAborted(signal);
  };
  const camera = await cameraFor(t, { open, cameraUrl: 'rtsp://door' });
  const { message = '' } = await stateThat(camera, ({ status }) => status === 'lost');
  assert.match(message, /^The camera at rtsp:\/\/192\.168\.1\.20 has too many viewers/);
  assert.equal(camera.trouble, message.replace('rtsp://192.168.1.20', 'the address given'));
  fails = false;
  await stateThat(camera, ({ status }) => status === 'live');
  assert.equal(camera.trouble, undefined);
  await camera.choose('off');
  assert.match(camera.trouble ?? '', /^No camera is chosen\. Choose one on the page/);
});

test('a frozen RTSP camera is lost and called again', async (t) => {
  let tries = 0;
  const open: OpenCamera = async function* (_address, { signal }) {
    tries++;
    yield frame(Date.now());
    await untilAborted(signal);
  };
  const camera = await cameraFor(t, { open, cameraUrl: 'rtsp://door', timings: { frozen: 30 } });
  const lost = await stateThat(camera, ({ status }) => status === 'lost');
  assert.match(lost.message ?? '', /No picture came/);
  await stateThat(camera, ({ status }) => status === 'live');
  assert.ok(tries > 1);
});

test('the camera’s address and password are in no message', async (t) => {
  const open: OpenCamera = () => {
    throw new Error('cannot open rtsp://anna:secret@door');
  };
  const camera = await cameraFor(t, { open, cameraUrl: 'rtsp://anna:secret@door' });
  await stateThat(camera, ({ status }) => status === 'lost');
  assert.doesNotMatch(JSON.stringify(camera.state), /secret/);
});

test('a camera by address that nobody gave and a file that was never chosen are refused, and the camera stays as it is', async (t) => {
  const camera = await cameraFor(t);
  await camera.choose('webcam');
  await assert.rejects(camera.choose('rtsp'), /CAMERA_URL/);
  await assert.rejects(camera.choose('file'), /No video file/);
  assert.equal(camera.state.source, 'webcam');
});

test('a video file is kept, played once to its end, and played again when it is chosen again', async (t) => {
  const folder = await emptyFolder();
  const opened: (boolean | undefined)[] = [];
  const open: OpenCamera = async function* (_address, { loop }) {
    opened.push(loop);
    yield frame(Date.now());
  };
  const camera = await cameraFor(t, { folder, open });
  await camera.playFile('door.mp4', bytes('video'), false);
  const ended = await stateThat(camera, ({ status }) => status === 'ended');
  assert.deepEqual(ended.video, { name: 'door.mp4', loop: false });
  await camera.choose('file', { loop: true });
  await stateThat(camera, ({ status }) => status === 'ended');
  assert.deepEqual(opened, [undefined, false, true]);
});

test('a file that is no video is refused in words, leaves nothing behind and the camera as it was', async (t) => {
  const folder = await emptyFolder();
  const open: OpenCamera = () => {
    throw new CameraError('unreadable', 'notes.txt');
  };
  const camera = await cameraFor(t, { folder, open });
  await assert.rejects(camera.playFile('notes.txt', bytes('hello'), false), {
    name: 'VideoFileError',
    message: 'I can’t play “notes.txt”: it isn’t a video, or it’s damaged.',
  });
  assert.deepEqual(await readdir(join(folder, 'camera')), []);
  assert.equal(camera.state.source, 'off');
});

test('a second video takes the place of the first', async (t) => {
  const folder = await emptyFolder();
  const camera = await cameraFor(t, { folder, open: endless(frame(1)) });
  await camera.playFile('one.mp4', bytes('1'), true);
  await camera.playFile('../two.MOV', bytes('2'), true);
  const videos = (await readdir(join(folder, 'camera'))).filter((name) => name.startsWith('video-'));
  assert.equal(videos.length, 1);
  assert.match(videos[0] ?? '', /^video-[\w-]+\.mov$/);
});

test('what was chosen comes back after a restart', async (t) => {
  const folder = await emptyFolder();
  const setting = { folder, open: endless(frame(1)), cameraUrl: 'rtsp://door' };
  const first = await cameraFor(t, setting);
  assert.equal(first.state.source, 'rtsp', 'CAMERA_URL is the camera until another is chosen');
  await first.playFile('door.mp4', bytes('video'), true);
  await first.close();

  const second = await cameraFor(t, setting);
  await stateThat(second, ({ source, status }) => source === 'file' && status === 'live');
  await second.choose('off');
  await second.close();
  await writeFile(join(folder, 'camera', 'draft-video-1.mp4'), 'an upload that broke off');
  await writeFile(join(folder, 'camera', 'video-1.mp4'), 'a video that was chosen before');

  const third = await cameraFor(t, setting);
  assert.equal(third.state.status, 'off');
  assert.equal(third.state.video?.name, 'door.mp4');
  const files = await readdir(join(folder, 'camera'));
  assert.ok(!files.some((name) => name.startsWith('draft-')));
  assert.equal(files.filter((name) => name.startsWith('video-')).length, 1);
});

test('a video that was over stays so after a restart, until somebody plays it again', async (t) => {
  const folder = await emptyFolder();
  let opened = 0;
  const open: OpenCamera = async function* () {
    opened += 1;
    yield frame(opened);
  };
  const first = await cameraFor(t, { folder, open });
  await first.playFile('door.mp4', bytes('video'), false);
  await stateThat(first, ({ status }) => status === 'ended');
  await first.close();
  const before = opened;

  const second = await cameraFor(t, { folder, open });
  assert.deepEqual([second.state.source, second.state.status], ['file', 'ended']);
  assert.match(second.state.message ?? '', /played to its end/);
  assert.match(second.trouble ?? '', /The video is over/);
  assert.equal(opened, before, 'it is not played by itself');
  await second.choose('file');
  await stateThat(second, ({ status }) => status === 'ended');
  assert.equal(opened, before + 1);
});

test('a phone is called a phone: while it is waited for, when it falls silent, and after a restart', async (t) => {
  const folder = await emptyFolder();
  const camera = await cameraFor(t, { folder, timings: { silence: 1 } });
  const states: CameraState[] = [];
  camera.watch((state) => states.push(state));
  const chosen = await camera.choose('webcam', { phone: true });
  assert.deepEqual([chosen.source, chosen.phone], ['webcam', true]);
  const lost = await stateThat(camera, ({ status }) => status === 'lost');
  assert.match(lost.message ?? '', /^Your phone sends no pictures/);
  const jpeg = await encodeJpeg(picture(90));
  await assert.rejects(camera.receive(jpeg), /not chosen/, 'the page is not the camera now');
  await camera.receive(jpeg, 'phone');
  assert.match(states[0]?.message ?? '', /your phone/);
  assert.ok(
    states.every(({ status }) => status !== 'off'),
    'nobody has turned the camera off',
  );
  await camera.close();

  const next = await cameraFor(t, { folder });
  assert.match(next.state.message ?? '', /^Your phone was the camera, and its link has ended/);
  assert.equal((await next.choose('webcam')).phone, undefined);
});

test('RTSP chosen once and CAMERA_URL gone is said, not tried', async (t) => {
  const folder = await emptyFolder();
  const first = await cameraFor(t, { folder, open: endless(), cameraUrl: 'rtsp://door' });
  await first.choose('rtsp');
  await first.close();
  const second = await cameraFor(t, { folder });
  assert.equal(second.state.status, 'lost');
  assert.match(second.state.message ?? '', /choose/);
});

test('a camera whose address is pasted is the one at once, goes before CAMERA_URL, and comes back after a restart', async (t) => {
  const folder = await emptyFolder();
  const opened: string[] = [];
  const open: OpenCamera = async function* (address, { signal }) {
    opened.push(address);
    yield frame(Date.now());
    await untilAborted(signal);
  };
  const first = await cameraFor(t, { folder, open, cameraUrl: 'rtsp://192.168.1.9/set' });
  await first.use({ address: ' rtsp://192.168.1.20/1 ', user: 'joy', password: 's3cret#' });
  const { source, address } = await stateThat(first, ({ status }) => status === 'live');
  assert.deepEqual({ source, address }, { source: 'rtsp', address: 'rtsp://192.168.1.20' });
  await assert.rejects(first.use({ address: '192.168.1.20' }), { name: 'CameraChoiceError' });
  await first.choose('off');
  await first.choose('rtsp');
  await first.close();

  const second = await cameraFor(t, { folder, open });
  assert.equal(second.state.rtspAvailable, true);
  await stateThat(second, ({ status }) => status === 'live');
  const pasted = 'rtsp://joy:s3cret%23@192.168.1.20/1';
  assert.deepEqual(opened, ['rtsp://192.168.1.9/set', pasted, pasted, pasted]);
  const { mode } = await stat(join(folder, 'camera', 'choice.json'));
  assert.equal(mode & 0o077, 0, 'the password is nobody else’s to read');
});

test('after another source is chosen, the one before it publishes nothing more', async (t) => {
  const open: OpenCamera = async function* (_address, { signal }) {
    await untilAborted(signal);
    yield frame(Date.now());
  };
  const camera = await cameraFor(t, { open, cameraUrl: 'rtsp://door' });
  const off = await camera.choose('off');
  assert.equal(off.status, 'off');
  assert.deepEqual(await camera.pictures(0, Number.MAX_SAFE_INTEGER), []);
});

test('pictures of the last minutes outlive the program, one a second', async (t) => {
  const folder = await emptyFolder();
  const now = Date.now();
  const frames = [-210_000, -30_000, -29_400, -29_000].map((ago) => frame(now + ago));
  const first = await cameraFor(t, { folder, open: endless(...frames), cameraUrl: 'rtsp://door' });
  await stateThat(first, ({ status }) => status === 'live');
  while ((await first.pictures(now - 29_000, now)).length === 0);
  await first.close();

  const second = await cameraFor(t, { folder });
  const kept = await second.pictures(0, now);
  assert.deepEqual(
    kept.map(({ time, width, height }) => [time - now, width, height]),
    [-30_000, -29_000].map((ago) => [ago, 32, 24]),
  );
  const { data } = await decodePicture(kept[0]!.jpeg);
  assert.ok(data.every((value) => Math.abs(value - 128) < 4));
});

test('a frame between two milliseconds is kept at a whole one, as its record will say, also over a restart', async (t) => {
  const folder = await emptyFolder();
  const now = Date.now();
  const first = await cameraFor(t, { folder, open: endless(frame(now + 0.6)), cameraUrl: 'rtsp://door' });
  await stateThat(first, ({ status }) => status === 'live');
  assert.equal((await first.picture(now + 1))?.time, now + 1);
  await first.close();

  const second = await cameraFor(t, { folder });
  assert.deepEqual(
    (await second.pictures(now, now + 2)).map(({ time }) => time),
    [now + 1],
  );
});
