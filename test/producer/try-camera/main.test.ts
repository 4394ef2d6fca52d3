import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import type { Picture } from '../../../vision/face.ts';
import { decodePicture } from '../../../vision/picture.ts';
import { changed } from '../../support/changed.ts';
import { makeClip } from '../../support/clip.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyFolder } from '../../support/folder.ts';
import { samplePicture } from '../../support/pictures.ts';
import { startRtspServer, withoutRtspServer } from '../../support/rtsp-server.ts';
import { startTryingCamera, tryCamera } from '../../support/try-camera.ts';

describe('npm run camera', () => {
  let folder: string;
  let door: string;

  before(async () => {
    folder = await emptyFolder();
    door = path.join(folder, 'door.mp4');
    await makeClip([{ picture: await samplePicture(3), seconds: 60 }], door, { framesPerSecond: 10 });
  });

  const clipOf = async (name: string, picture: Picture): Promise<string> => {
    const file = path.join(folder, name);
    await makeClip([{ picture, seconds: 60 }], file, { framesPerSecond: 10 });
    return file;
  };

  describe('at an RTSP camera', { skip: withoutRtspServer, concurrency: 3 }, () => {
    const login = { user: 'door', password: `p@ss/w?rd #1 %41 $HOME '"` };

    test('finds all right, and saves a picture with boxes that is for the user alone', async (t) => {
      const camera = await startRtspServer(door, { login });
      t.after(() => camera.stop());
      const home = await emptyFolder();
      const file = path.join(home, 'camera-check.jpg');
      await writeFile(file, 'an old one, for everybody', { mode: 0o644 });
      const { code, output } = await tryCamera(home, {
        CAMERA_URL: `rtsp://127.0.0.1:${camera.port}/door`,
        CAMERA_USER: login.user,
        CAMERA_PASSWORD: login.password,
      });
      assert.equal(code, 0, output);
      for (const found of [
        /✓ Reached/,
        /✓ User name and password are accepted/,
        /✓ Coding: H\.264/,
        /✓ Size: 1280×720/,
        /✓ Frames: 10\.\d a second/,
        /✓ Key frames: every 1\.0 s/,
        /✓ B-frames: none/,
        /✓ Clock: .*agree/,
        /✓ Light: \d+ of 100, in colour/,
        /✓ Its width: 1[12]\d pixels/,
      ]) {
        assert.match(output, found);
      }
      assert.doesNotMatch(output, /✗|p@ss|p%40ss/);
      assert.ok(output.includes(file));
      assert.equal((await stat(file)).mode & 0o777, 0o600);
      const picture = await decodePicture(await readFile(file));
      assert.deepEqual([picture.width, picture.height], [1280, 720]);
      let green = 0;
      for (let at = 0; at < picture.data.length; at += 3) {
        const [red, greenish, blue] = picture.data.subarray(at, at + 3);
        if (greenish! > 150 && red! < 110 && blue! < 110) green += 1;
      }
      assert.ok(green > 1000, `${green} pixels of boxes`);
    });

    test('tells where the right account is made when the password is refused, and never the password', async (t) => {
      const camera = await startRtspServer(door, { login });
      t.after(() => camera.stop());
      const { code, output } = await tryCamera(await emptyFolder(), {
        CAMERA_URL: `rtsp://door:wr%40ng@127.0.0.1:${camera.port}/door`,
      });
      assert.equal(code, 1);
      assert.match(output, /refuses the user name or password/);
      assert.match(output, /Tapo: .*Camera Account/);
      assert.doesNotMatch(output, /wr(@|%40)ng|door:/);
    });

    test('tells a wrong path from a camera that is not there', async (t) => {
      const camera = await startRtspServer(door);
      t.after(() => camera.stop());
      const CAMERA_URL = `rtsp://127.0.0.1:${camera.port}/garden`;
      const wrongPath = await tryCamera(await emptyFolder(), { CAMERA_URL });
      assert.equal(wrongPath.code, 1);
      assert.match(wrongPath.output, /no video .* under the path given/);
      assert.match(wrongPath.output, /Hikvision: .*\/Streaming\/Channels\//);
      await camera.stop();
      // Not at the port that it had: any other program may have taken it. Nobody serves a port under 1024 here.
      const nobody = { CAMERA_URL: 'rtsp://127.0.0.1:1/garden' };
      const away = await tryCamera(await emptyFolder(), nobody);
      assert.equal(away.code, 1);
      assert.match(away.output, /does not answer/);
    });

    test('says that a camera froze, and what was seen before', async (t) => {
      const camera = await startRtspServer(door);
      t.after(() => camera.stop());
      const command = startTryingCamera(await emptyFolder(), { CAMERA_URL: camera.address }, [
        '--seconds',
        '60',
      ]);
      t.after(() => command.child.kill('SIGKILL'));
      await eventually('the camera is watched', () => command.output().includes('Watching for'), 60_000);
      camera.freeze();
      assert.equal(await command.ended, 1, command.output());
      assert.match(command.output(), /✗ The camera stopped sending before the time was over/);
      assert.match(command.output(), /✓ Coding: H\.264/);
    });

    test('knows a dark picture and night mode, and says when nobody is seen', async (t) => {
      const dark = await clipOf('dark.mp4', {
        width: 64,
        height: 36,
        data: new Uint8Array(64 * 36 * 3).fill(12),
      });
      const camera = await startRtspServer(dark);
      t.after(() => camera.stop());
      const night = await tryCamera(await emptyFolder(), { CAMERA_URL: camera.address });
      assert.equal(night.code, 1);
      assert.match(night.output, /✗ Light: \d+ of 100 and black and white/);
      assert.match(night.output, /✗ Faces: none in \d+ pictures/);
      assert.match(night.output, /Reolink: .*Day and Night/);
    });

    test('knows infrared light, and small faces', async (t) => {
      const people = await samplePicture(3);
      const grey = await changed(people, (image) =>
        image
          .modulate({ saturation: 0 })
          .resize(480, 270, { fit: 'inside' })
          .extend({ top: 225, bottom: 225, left: 400, right: 400, background: '#606060' }),
      );
      const camera = await startRtspServer(await clipOf('grey.mp4', grey));
      t.after(() => camera.stop());
      const { code, output } = await tryCamera(await emptyFolder(), { CAMERA_URL: camera.address });
      assert.match(output, /· Light: \d+ of 100, black and white: this is night mode/);
      assert.match(output, /(✗|·) Its width: \d\d pixels/);
      assert.equal(code, output.includes('✗') ? 1 : 0);
    });
  });

  test('says which settings it wants, and takes no address on the command line', async () => {
    const none = await tryCamera(await emptyFolder(), {});
    assert.deepEqual([none.code, /CAMERA_URL is not set/.test(none.output)], [2, true]);
    const typed = await tryCamera(await emptyFolder(), {}, ['rtsp://door:s3cret@127.0.0.1/door']);
    assert.equal(typed.code, 2);
    assert.match(typed.output, /command line/);
    assert.doesNotMatch(typed.output, /s3cret/);
    const zero = await tryCamera(await emptyFolder(), {}, ['--seconds', '0']);
    assert.match(zero.output, /--seconds takes/);
    const help = await tryCamera(await emptyFolder(), {}, ['--help']);
    assert.equal(help.code, 0);
    for (const word of ['--seconds', 'CAMERA_URL', 'CAMERA_PASSWORD', '.env'])
      assert.ok(help.output.includes(word));
  });

  test('reads .env', async (t) => {
    const home = await emptyFolder();
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const { port } = server.address() as { port: number };
    const lines = [`CAMERA_URL=rtsp://127.0.0.1:${port}/`, 'CAMERA_USER=door', "CAMERA_PASSWORD='s3cret #1'"];
    await writeFile(path.join(home, '.env'), lines.join('\n'));
    const { code, output } = await tryCamera(home, {});
    assert.equal(code, 1, output);
    assert.ok(output.includes(`127.0.0.1:${port}`), output);
    assert.doesNotMatch(output, /s3cret/);
  });
});
