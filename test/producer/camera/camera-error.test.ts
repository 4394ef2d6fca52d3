import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CameraError, type CameraFailure, publicAddress } from '../../../producer/camera/camera-error.ts';

const secret = 's3cret';
const addresses = [
  `rtsp://admin:${secret}@camera.lan:554/stream1`,
  `rtsp://admin:${secret}@x@camera.lan/stream1`,
  `rtsp://admin:p@${secret}@camera.lan/stream1`,
  `rtsp://admin:12/${secret}@camera.lan/stream1`,
  `rtsp://admin:12?${secret}@camera.lan/stream1`,
  `rtsp://admin:12#${secret}@camera.lan/stream1`,
  `rtsp://${secret}:12/@camera.lan/stream1`,
  `rtsp://camera.lan/user=admin&password=${secret}&channel=1`,
  `rtsp://camera.lan/?user=admin&password=${secret}`,
  `RTSP://admin:${secret}@camera.lan/`,
  `http://admin:${secret}@camera.lan/video`,
  `rtsp://admin:${secret}@[fe80::1]:554/`,
  // Without a scheme, or with a broken one.
  `admin:${secret}@camera.lan/stream1`,
  `admin:${secret}@192.168.1.20`,
  `//admin:${secret}@camera.lan/stream1`,
  `rtsp:/admin:${secret}@camera.lan/stream1.mp4`,
  `rtsp:admin:${secret}@camera.lan`,
  `://admin:${secret}@camera.lan/stream1`,
  `rtsp//admin/${secret}.mp4`,
  `camera.lan/user=admin&password=${secret}`,
  `rtsp://admin:${secret}`,
  `rtsp://admin:${secret}@`,
  `rtsp://${secret}`,
];
const failures: CameraFailure[] = [
  'unreachable',
  'refused',
  'unknown login',
  'busy',
  'transport',
  'declined',
  'missing',
  'no video',
  'unreadable',
  'silent',
  'ended',
  'crashed',
];

test('no message tells a password, wherever the maker or the user put it', () => {
  for (const address of addresses) {
    for (const failure of failures) {
      const { message, withoutAddress } = new CameraError(failure, address, { status: 500 });
      assert.ok(!message.includes(secret), message);
      assert.ok(!message.includes('admin'), message);
      assert.doesNotMatch(withoutAddress, /camera\.lan|fe80|:\/\//);
    }
  }
});

test('a message names the host and the port, or the file', () => {
  assert.equal(publicAddress('rtsp://admin:secret@camera.lan:8554/stream1'), 'rtsp://camera.lan:8554');
  assert.equal(publicAddress('rtsp://192.168.1.9/stream1'), 'rtsp://192.168.1.9');
  assert.equal(publicAddress('/home/host/door.mp4'), '/home/host/door.mp4');
  assert.equal(publicAddress('C:\\video\\door.mp4'), 'C:\\video\\door.mp4');
});

test('an address that was cut off in the password shows nothing of it', () => {
  const cut = [
    'rtsp://admin:12',
    'rtsp://admin:12/3',
    'rtsp://admin:',
    'rtsp://admin:1234?5',
    'rtsp://12',
    'rtsp://',
  ];
  for (const address of [...cut, 'admin:12', 'rtsp:admin:12']) {
    assert.equal(publicAddress(address), 'the address given', address);
  }
});
