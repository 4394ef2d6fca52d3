import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { makeClip } from '../../support/clip.ts';
import { emptyFolder } from '../../support/folder.ts';
import { samplePicture } from '../../support/pictures.ts';
import { isLong } from '../../support/rounds.ts';
import { startRtspServer, withoutCoders } from '../../support/rtsp-server.ts';
import { tryCamera } from '../../support/try-camera.ts';

/** What a camera sends that is not as it should be, what is said of it, and where that is set. */
const codings = [
  ['h265', /✗ Coding: H\.265/, /Hikvision: .*Video Encoding: H\.264/],
  ['mjpeg', /✗ Coding: MJPEG[\s\S]*✓ Key frames: every frame/, /Reolink: .*Encode/],
  ['b-frames', /✗ B-frames/, /Hikvision: .*Profile/],
  ['few key frames', /✗ Key frames: (only every 5\.\d s|fewer than two)/, /Hikvision: .*I Frame Interval/],
] as const;

describe('npm run camera', () => {
  let door: string;

  before(async () => {
    door = path.join(await emptyFolder(), 'door.mp4');
    await makeClip([{ picture: await samplePicture(3), seconds: 60 }], door, { framesPerSecond: 10 });
  });

  describe('at a camera that is set otherwise', { skip: withoutCoders, concurrency: 2 }, () => {
    // Each starts an encoder of its own; in a short run the two that take least.
    for (const [coding, found, place] of isLong ? codings : [codings[1], codings[3]]) {
      test(`names what to change: ${coding}`, async (t) => {
        const camera = await startRtspServer(door, { coding });
        t.after(() => camera.stop());
        const { code, output } = await tryCamera(await emptyFolder(), { CAMERA_URL: camera.address }, [
          '--seconds',
          '7',
        ]);
        assert.equal(code, 1, output);
        assert.match(output, found);
        assert.match(output, place);
        assert.equal(output.match(/✗/g)?.length, 1, output);
      });
    }
  });
});
