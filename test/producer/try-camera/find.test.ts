import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { probeMatches } from '../../../producer/try-camera/onvif-discovery.ts';
import { streamAddresses } from '../../../producer/try-camera/onvif-streams.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyFolder } from '../../support/folder.ts';
import { connectTwo, noNamespaces } from '../../support/network.ts';
import { startNodeProgram } from '../../support/node-program.ts';
import { probeMatch, startOnvifCamera } from '../../support/onvif-camera.ts';

const login = { user: 'joy', password: 'a<b&c' };

test('a camera’s answer tells its name and its service, and none on another machine', () => {
  const service = 'http://192.168.1.20:2020/onvif/device_service';
  assert.deepEqual(probeMatches(probeMatch(service), '192.168.1.20'), [
    { host: '192.168.1.20', name: 'Front Door C200', service },
  ]);
  assert.deepEqual(probeMatches(probeMatch(service), '192.168.1.66'), []);
  assert.deepEqual(probeMatches('<d:ProbeMatch><d:XAddrs>none', '192.168.1.20'), []);
  const odd = probeMatch(service).replace('Front%20Door', '%1b[2J%zz');
  assert.equal(probeMatches(odd, '192.168.1.20')[0]?.name, '1b2Jzz C200');
});

test('a camera says its addresses to who logs in, by its own clock, and no login is in them', async (t) => {
  const camera = await startOnvifCamera('127.0.0.1', login);
  t.after(() => camera.stop());
  await assert.rejects(streamAddresses(camera.service), { name: 'OnvifError', message: 'It answers 401.' });
  await assert.rejects(streamAddresses(camera.service, { ...login, password: 'wrong' }), {
    name: 'OnvifError',
  });
  assert.deepEqual(await streamAddresses(camera.service, login), [
    'rtsp://127.0.0.1:554/large?a=1&b=2',
    'rtsp://127.0.0.1:554/small?a=1&b=2',
  ]);
});

test('npm run camera -- --find says where the cameras of the network are', {
  skip: await noNamespaces(),
}, async (t) => {
  const { home, tablet } = await connectTwo(t);
  const file = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  const { PATH = '' } = process.env;
  const camera = startNodeProgram(
    file('test/support/onvif-camera.ts'),
    ['192.168.77.2', login.user, login.password],
    { env: { PATH }, by: tablet },
  );
  try {
    await eventually('the camera is there', () => camera.output().includes('ready'));
    const find = startNodeProgram(file('producer/try-camera/main.ts'), ['--find'], {
      env: { PATH, CAMERA_USER: login.user, CAMERA_PASSWORD: login.password },
      cwd: await emptyFolder(),
      by: home,
    });
    assert.equal(await find.ended, 0, find.output());
    assert.match(
      find.output(),
      /^Front Door C200 at 192\.168\.77\.2\n {2}rtsp:\/\/192\.168\.77\.2:554\/large\?a=1&b=2\n/m,
    );
    assert.doesNotMatch(find.output(), /a<b|admin/);
  } finally {
    await camera.kill();
  }
});
