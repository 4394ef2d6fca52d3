import { setTimeout as delay } from 'node:timers/promises';
import { putMediaService } from '../local/aws/kinesis-video/put-media.ts';
import { Uploads } from '../local/aws/kinesis-video/uploads.ts';
import { VideoStreams } from '../local/aws/kinesis-video/video-streams.ts';
import { startAwsServer } from '../local/aws/server.ts';
import { ThroughStream } from '../local/camera/through-stream.ts';
import { credentials } from '../local/environment.ts';
import { second } from '../party/clock.ts';
import { openCamera } from '../producer/camera/camera.ts';
import type { Frame } from '../producer/camera/frame.ts';
import { changed } from '../test/support/changed.ts';
import { emptyFolder } from '../test/support/folder.ts';
import { sdpOf, startOddCamera } from '../test/support/odd-camera.ts';
import { uploadsTo } from '../test/support/open-upload.ts';
import { samplePicture } from '../test/support/pictures.ts';
import { decodePicture } from '../vision/picture.ts';
import { numberedVideo, numberOf, numbers } from './numbered-video.ts';

const framesPerSecond = 25;
/** The first ones come while everything starts. */
const unmeasured = 10;
const measured = 50;

/**
 * How long after the camera has sent a picture it is there to be looked at, milliseconds: by way of the video stream, and
 * watched directly.
 */
export async function pictureLatencies(): Promise<{ readonly through: number[]; readonly direct: number[] }> {
  const shown = await changed(await samplePicture(3), (image) => image.resize(1280, 720, { fit: 'cover' }));
  const video = await numberedVideo(shown, framesPerSecond);
  const sent: number[] = [];
  const camera = await startOddCamera({
    sdp: sdpOf(video),
    async play(viewer, signal) {
      const begin = performance.now();
      for (let number = 0; !signal.aborted; number++) {
        sent[number % numbers] = performance.now();
        viewer.sendPicture(video.pictures[number % numbers]!.units, {
          time: (number * 90_000) / framesPerSecond,
        });
        const next = begin + ((number + 1) * second) / framesPerSecond;
        await delay(next - performance.now(), undefined, { signal });
      }
    },
  });
  const streams = new VideoStreams(await emptyFolder());
  await streams.create({ name: 'front-door', retentionHours: 1 });
  const uploads = new Uploads();
  const services = [putMediaService({ streams, uploads, now: Date.now })];
  const aws = await startAwsServer({ port: 0, credentials, services });
  const throughStream = new ThroughStream(Date.now);
  throughStream.connect({
    openUpload: uploadsTo(aws.url, 'front-door', { credentials }),
    frames: (signal) => uploads.of('front-door').media.frames(signal),
  });
  try {
    const signal = new AbortController().signal;
    const watch = { framesPerSecond: 5, signal };
    return {
      direct: await latencies(openCamera(camera.address, watch), sent),
      through: await latencies(throughStream.open(camera.address, watch), sent),
    };
  } finally {
    uploads.close();
    await camera.stop();
    await aws.close();
  }
}

async function latencies(frames: AsyncIterable<Frame>, sent: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  for await (const { picture } of frames) {
    found.push(performance.now() - sent[numberOf(await decodePicture(picture.jpeg))]!);
    if (found.length === unmeasured + measured) break;
  }
  return found.slice(unmeasured);
}
