import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { openCamera } from '../../../producer/camera/camera.ts';
import { CameraError } from '../../../producer/camera/camera-error.ts';
import { DoorPace } from '../../../producer/camera/door-pace.ts';
import { makeClip } from '../../support/clip.ts';
import { emptyFolder } from '../../support/folder.ts';
import { samplePicture } from '../../support/pictures.ts';
import { residentMemory } from '../../support/processes.ts';
import { startRtspServer, withoutRtspServer } from '../../support/rtsp-server.ts';

const megabyte = 1024 * 1024;

test('4K at thirty pictures a second is seen as far as the machine holds it, and takes no more memory for it', {
  skip: withoutRtspServer,
  timeout: 300_000,
}, async (t) => {
  const folder = await emptyFolder();
  const clip = path.join(folder, '4k.mp4');
  await makeClip([{ picture: await samplePicture(3), seconds: 8 }], clip, {
    framesPerSecond: 30,
    width: 3840,
  });
  const camera = await startRtspServer(clip);
  t.after(() => camera.stop());

  const pace = new DoorPace();
  const memory: number[] = [];
  const begin = Date.now();
  const seen: Array<{ time: number; late: number; width: number }> = [];
  const watching = (async () => {
    let reader = 0;
    const onStart = (pid: number) => {
      reader = pid;
    };
    for await (const { time, picture } of openCamera(camera.address, { pace, onStart })) {
      pace.stayAwake();
      seen.push({ time, late: Date.now() - time, width: picture.width });
      memory.push((process.memoryUsage().rss + (await residentMemory(reader))) / megabyte);
    }
  })();
  await assert.rejects(watching, (error) => error instanceof CameraError && error.failure === 'ended');
  t.diagnostic(
    `${seen.length} looked at in ${Date.now() - begin} ms; memory ${memory.map(Math.round).join(' ')} MB`,
  );
  assert.ok(seen.length >= 4, String(seen.length));
  assert.ok(seen.every(({ width }) => width === 1280));
  // Frames of 12 MB each, thirty a second: a backlog would be gigabytes.
  const settled = memory[Math.min(2, memory.length - 1)]!;
  assert.ok(Math.max(...memory) < settled + 300, 'no backlog is kept');
});
