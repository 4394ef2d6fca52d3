import type { Unfit } from './video-error.ts';

/** What the host reads in the chat when a camera's video cannot be uploaded. Never an address, a name or a password. */
export const unfitText = {
  h265: 'The camera sends H.265, and Rekognition reads H.264 only. In the camera’s settings, under video encoding, choose H.264 for this stream (not H.264+).',
  'not h264':
    'The camera sends no H.264, and Rekognition reads nothing else. In the camera’s settings, under video encoding, choose H.264, or set CAMERA_URL to a stream that has it.',
  'b-frames':
    'The camera’s video has B-frames, which Kinesis Video refuses. In the camera’s settings choose the profile Baseline, or set the number of B-frames to 0; some call it smart codec or H.264+, and it has to be off.',
  'key frames too far apart':
    'The camera’s key frames are more than 20 seconds apart, which Kinesis Video refuses. In the camera’s settings set the I-frame interval to 1 or 2 seconds.',
  'no parameter sets':
    'The camera does not say how its H.264 is to be decoded. Restart it, and choose plain H.264 in its settings.',
} as const satisfies Record<Unfit, string>;
