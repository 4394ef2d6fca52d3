import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { CameraAddressError, cameraAddress } from '../../../producer/camera/camera-address.ts';

/** Who the camera is told that we are, as FFmpeg decodes it, and where it is. */
function read(address: string) {
  const [, login, place] = /^rtsp:\/\/(?:([^@/?#]*)@)?(.*)$/s.exec(address)!;
  const [, user, password] = /^([^:]*)(?::(.*))?$/s.exec(login ?? '')!;
  return { user: decodeURIComponent(user!), password: decodeURIComponent(password ?? ''), place };
}

describe('the address of a camera', () => {
  test('is CAMERA_URL when that says it all', () => {
    for (const url of [
      'rtsp://192.168.1.20/stream2',
      'rtsp://door.lan:554/h264Preview_01_sub',
      'rtsps://[fe80::1]:322/live?channel=1',
      'rtsp://joy:h%40se@192.168.1.20:554/stream2',
      'rtsp://viewer@192.168.1.20:554/stream2',
      'http://192.168.1.20/video.mjpg',
    ]) {
      assert.equal(cameraAddress({ CAMERA_URL: url }), url);
    }
    assert.equal(cameraAddress({ CAMERA_URL: ' rtsp://door.lan/ \n' }), 'rtsp://door.lan/');
    assert.equal(cameraAddress({ CAMERA_URL: './door @home #1.mp4' }), './door @home #1.mp4');
  });

  test('takes a name and a password of any characters as they are', () => {
    const text = (maxLength: number) => fc.string({ unit: 'binary-ascii', minLength: 1, maxLength });
    fc.assert(
      fc.property(text(8), text(32), (name, password) => {
        const user = name.replaceAll(':', '').trim() || 'joy';
        const address = cameraAddress({
          CAMERA_URL: 'rtsp://192.168.1.20:554/stream2?a=b#c',
          CAMERA_USER: user,
          CAMERA_PASSWORD: password,
        });
        assert.deepEqual(read(address), { user, password, place: '192.168.1.20:554/stream2?a=b#c' });
      }),
      { examples: [['Zoë', 'ключ 🔑 €%41']] },
    );
  });

  test('takes CAMERA_USER and CAMERA_PASSWORD before what the URL says, and each alone', () => {
    const CAMERA_URL = 'rtsp://old:before@door.lan/1';
    const place = 'door.lan/1';
    assert.deepEqual(read(cameraAddress({ CAMERA_URL, CAMERA_USER: 'joy', CAMERA_PASSWORD: 'a@b' })), {
      user: 'joy',
      password: 'a@b',
      place,
    });
    assert.deepEqual(read(cameraAddress({ CAMERA_URL, CAMERA_PASSWORD: 'a@b' })), {
      user: 'old',
      password: 'a@b',
      place,
    });
    assert.equal(cameraAddress({ CAMERA_URL, CAMERA_USER: '', CAMERA_PASSWORD: '' }), CAMERA_URL);
  });

  test('understands a password in the URL that is not encoded, where it can mean nothing else', () => {
    const place = '192.168.1.20:554/stream2';
    for (const password of [
      'a@b',
      'a@@b@',
      'a:b',
      'a/b',
      'a?b',
      'a#b',
      'a/b@c',
      '100%',
      'p%zz',
      'häuschen',
    ]) {
      const address = cameraAddress({ CAMERA_URL: `rtsp://joy:${password}@${place}` });
      assert.deepEqual(read(address), { user: 'joy', password, place }, password);
    }
  });

  test('that could be read in two ways is refused, with what to do', () => {
    // A port and a path, or a password that begins with digits; a path, or the rest of a password.
    for (const url of ['rtsp://joy:12/34@door.lan/1', 'rtsp://joy:a@b/c@door.lan/1', 'rtsp://door.lan/1@2']) {
      assert.throws(() => cameraAddress({ CAMERA_URL: url }), {
        name: 'CameraAddressError',
        message: /two ways.*CAMERA_PASSWORD.*%40/,
      });
    }
    assert.equal(cameraAddress({ CAMERA_URL: 'rtsp://door.lan/1%402' }), 'rtsp://door.lan/1%402');
  });

  test('without rtsp:// is refused where it is no path, and says what is missing', () => {
    for (const url of ['192.168.1.20', '192.168.1.20:554/stream2', 'joy:s3cret@door.lan/1'])
      assert.throws(() => cameraAddress({ CAMERA_URL: url }), {
        name: 'CameraAddressError',
        message: /no rtsp:\/\/ in front/,
      });
    for (const file of ['door.mp4', '192.168.1.20.mp4', './192.168.1.20', 'clips/me@door.mp4'])
      assert.equal(cameraAddress({ CAMERA_URL: file }), file);
  });

  test('that is missing, is none, or has a login that cannot be, is refused, with what to do', () => {
    const refused: [Parameters<typeof cameraAddress>[0], RegExp][] = [
      [{}, /CAMERA_URL is not set.*rtsp:/],
      [{ CAMERA_URL: ' ' }, /CAMERA_URL is not set/],
      [{ CAMERA_URL: 'rtsp://' }, /not an address/],
      [{ CAMERA_URL: 'rtsp://joy:s3cret@' }, /not an address/],
      [{ CAMERA_URL: 'rtsp://joy:s3cret@door.lan:99999/1' }, /not an address/],
      [{ CAMERA_URL: 'rtsp://my door/1' }, /not an address/],
      [{ CAMERA_URL: 'rtsp://door.lan/1', CAMERA_PASSWORD: 's3cret' }, /Set CAMERA_USER/],
      [{ CAMERA_URL: 'rtsp://door.lan/1', CAMERA_USER: 'joy:s3cret' }, /colon/],
      [
        { CAMERA_URL: 'rtsp://door.lan/1', CAMERA_USER: 'joy', CAMERA_PASSWORD: 's3cret'.repeat(40) },
        /shorter/,
      ],
    ];
    for (const [settings, words] of refused) {
      assert.throws(
        () => cameraAddress(settings),
        (error: unknown) => {
          assert.ok(error instanceof CameraAddressError);
          assert.match(error.message, words);
          assert.doesNotMatch(error.message, /s3cret|joy/);
          return true;
        },
      );
    }
  });
});
