import '../../producer/camera/with-resolvers.ts';
import { Encoder, FilterAPI } from 'node-av/api';
import { FF_ENCODER_LIBX264 } from 'node-av/constants';

/** What makes a clip of pictures: H.264 without B-frames, a key frame every second. */
export async function openClipEncoder(framesPerSecond: number) {
  const filter = FilterAPI.create('format=yuv420p', { framerate: { num: framesPerSecond, den: 1 } });
  const encoder = await Encoder.create(FF_ENCODER_LIBX264, {
    gopSize: framesPerSecond,
    maxBFrames: 0,
    filter,
    // Key frames are where they are asked for, and nowhere else.
    options: { preset: 'ultrafast', tune: 'zerolatency', crf: 20, 'x264-params': 'scenecut=0' },
  });
  return {
    filter,
    encoder,
    close(): void {
      encoder.close();
      filter.close();
    },
  };
}
