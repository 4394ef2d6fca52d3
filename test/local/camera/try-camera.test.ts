import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OpenCamera } from '../../../local/camera/sources.ts';
import { tryCamera } from '../../../local/camera/try-camera.ts';
import { CameraError } from '../../../producer/camera/camera-error.ts';
import { decodePicture } from '../../../vision/picture.ts';
import { jpegOf } from '../../support/pictures.ts';

const never: OpenCamera = () => {
  throw new Error('Nothing was to be opened.');
};

async function reasonOf(address: string, open = never, login: { user?: string; password?: string } = {}) {
  const trial = await tryCamera({ address, ...login }, { open });
  return 'reason' in trial ? trial.reason : assert.fail('There is a picture.');
}

test('a camera that is tried shows its picture, and is left alone then', async () => {
  let given = '';
  let isLeft = false;
  const open: OpenCamera = async function* (address, { signal }) {
    given = address;
    try {
      const picture = await jpegOf({ width: 32, height: 24, data: new Uint8Array(32 * 24 * 3).fill(200) });
      for (;;) yield { time: Date.now(), picture };
    } finally {
      assert.equal(signal.aborted, false);
      isLeft = true;
    }
  };
  const trial = await tryCamera({ address: 'rtsp://192.168.1.20/1', user: 'joy', password: 'a b' }, { open });
  assert.ok('picture' in trial);
  const { width, height, jpeg } = trial.picture;
  assert.deepEqual([width, height], [32, 24]);
  assert.equal((await decodePicture(jpeg)).width, 32);
  assert.equal(given, 'rtsp://joy:a%20b@192.168.1.20/1');
  assert.ok(isLeft);
});

test('what is no camera’s address is said in words for who typed it, and never opened', async () => {
  assert.match(await reasonOf(' '), /^Paste your camera's address/);
  assert.match(await reasonOf('192.168.1.20/stream1'), /no rtsp:\/\/ in front/);
  assert.match(await reasonOf('/etc/passwd'), /^That’s a file on this computer/);
  assert.match(await reasonOf('file:///etc/passwd'), /^That’s a file on this computer/);
  assert.match(await reasonOf('ftp://door.lan/1'), /begins with rtsp:\/\//);
  assert.match(await reasonOf('concat:/etc/passwd|/etc/shadow'), /no rtsp:\/\/ in front/);
  assert.match(await reasonOf('rtsp://:554/1'), /That is not an address/);
  assert.match(await reasonOf('rtsp://door.lan/1', never, { password: 'x' }), /no user name/);
  assert.doesNotMatch(await reasonOf('rtsp://door.lan/1', never, { user: 'a:b' }), /CAMERA_/);
});

test('a camera that does not give a picture says why, without the password', async () => {
  const refused: OpenCamera = (address) => {
    throw new CameraError('refused', address);
  };
  const login = { user: 'joy', password: 's3cret' };
  const reason = await reasonOf('rtsp://192.168.1.20/1', refused, login);
  assert.match(reason, /^The camera at rtsp:\/\/192\.168\.1\.20 refuses the user name or password/);
  assert.doesNotMatch(reason, /s3cret/);
  const empty: OpenCamera = async function* () {};
  assert.match(await reasonOf('rtsp://192.168.1.20/1', empty), /sends no picture/);
});
