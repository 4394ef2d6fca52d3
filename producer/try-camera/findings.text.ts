import type { Finding } from './finding.ts';

const right = (what: string): Finding => ({ verdict: 'right', what });
const note = (what: string, advice: string, setting?: Finding['setting']): Finding => ({
  verdict: 'note',
  what,
  advice,
  ...(setting && { setting }),
});
const wrong = (what: string, advice: string, setting?: Finding['setting']): Finding => ({
  ...note(what, advice, setting),
  verdict: 'wrong',
});

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
const whole = (value: number) => String(Math.round(value));
const rate = (bits: number | undefined) => (bits === undefined ? '' : `, ${(bits / 1e6).toFixed(1)} Mbit/s`);

/** What the host reads of each finding. Lengths of time are in milliseconds, light is 0 to 100. */
export const findingText = {
  reached: (after: number) => right(`Reached: the first picture came after ${seconds(after)}.`),
  password: right('User name and password are accepted.'),
  noPassword: note(
    'No user name was needed or given.',
    'If the camera asks for none, anyone in your network can watch it: set a password.',
  ),
  stopped: wrong(
    'The camera stopped sending before the time was over.',
    'Check its power and the network: a cable is better than Wi-Fi, and some cameras serve only one or two viewers at a time. Then try again.',
  ),

  h264: right('Coding: H.264.'),
  h265: wrong(
    'Coding: H.265 (HEVC).',
    'Choose H.264, without "+" or "smart": H.265 takes more computing for the same picture, and AWS streaming video does not take it at all.',
    'codec',
  ),
  mjpeg: wrong(
    'Coding: MJPEG, a whole photo for every frame.',
    'Choose an H.264 stream: MJPEG fills the network, and AWS streaming video does not take it.',
    'codec',
  ),
  otherCodec: (name: string) =>
    wrong(`Coding: ${name}.`, 'Choose H.264: it is what every part of the road knows.', 'codec'),

  size: (width: number, height: number, bits?: number) => right(`Size: ${width}×${height}${rate(bits)}.`),
  large: (width: number, height: number, bits?: number) =>
    wrong(
      `Size: ${width}×${height}${rate(bits)}, more than is looked at (1280 pixels).`,
      'Choose the camera’s smaller stream, best 1280×720: the large one costs computing and network for nothing.',
      'stream',
    ),
  small: (width: number, height: number) =>
    note(
      `Size: ${width}×${height}, which is small.`,
      'It will do if the faces below are large enough. If not, bring the camera nearer, or choose a larger stream, best 1280×720.',
      'stream',
    ),

  frames: (count: number) => right(`Frames: ${count.toFixed(1)} a second.`),
  fewFrames: (count: number) =>
    wrong(
      `Frames: ${count.toFixed(1)} a second: whoever walks past is seen in one or two.`,
      'Set 10 to 15 frames a second. In the dark some cameras send fewer to see more: then give them light.',
      'frameRate',
    ),
  manyFrames: (count: number) =>
    note(
      `Frames: ${count.toFixed(1)} a second, where 5 are looked at.`,
      '10 to 15 are enough, and save computing.',
      'frameRate',
    ),
  frameRateUnknown: wrong(
    'Frames: the camera gives them no times that make sense.',
    'Restart the camera; if that does not help, update its firmware.',
  ),

  keyFrames: (interval: number) => right(`Key frames: every ${seconds(interval)}.`),
  allKeyFrames: right('Key frames: every frame is one.'),
  fewKeyFrames: (interval: number) =>
    wrong(
      `Key frames: only every ${seconds(interval)}. So long there may be no picture after a start or a lost packet.`,
      'Set one every 1 or 2 seconds (cameras that count in frames: the frames of 1 or 2 seconds).',
      'keyFrames',
    ),
  noSecondKeyFrame: (span: number) =>
    wrong(
      `Key frames: fewer than two in ${seconds(span)}.`,
      'Set one every 1 or 2 seconds (cameras that count in frames: the frames of 1 or 2 seconds).',
      'keyFrames',
    ),

  keyFramesUnknown: note('Key frames: not watched long enough to tell.', 'Try again with --seconds 30.'),

  noBFrames: right('B-frames: none.'),
  bFrames: wrong(
    'B-frames: the camera sends some frames later than they were seen, so every arrival is later.',
    'Switch B-frames off, or choose the profile Baseline (some call it Basic).',
    'codec',
  ),

  clock: right('Clock: the camera’s and this machine’s agree within 5 s.'),
  clockOff: (ahead: number) =>
    note(
      `Clock: the camera’s is ${seconds(Math.abs(ahead))} ${ahead > 0 ? 'ahead of' : 'behind'} this machine’s.`,
      'Which of the two is right cannot be seen from here. Arrivals have this machine’s time, so that is the one to keep right (switch on its time synchronisation); of the camera only what it writes into its picture is wrong.',
      'clock',
    ),
  clockUnknown: note(
    'Clock: the camera does not say what time it is.',
    'Nothing depends on it: arrivals have the time of the machine that watches.',
  ),

  light: (brightness: number) => right(`Light: ${whole(brightness)} of 100, in colour.`),
  grey: (brightness: number) =>
    note(
      `Light: ${whole(brightness)} of 100, black and white: this is night mode, by infrared.`,
      'Faces are found in it, but are told apart less surely, and near ones are often too bright. A lamp at the door that keeps the camera in colour is better.',
      'night',
    ),
  dark: (brightness: number) =>
    wrong(
      `Light: ${whole(brightness)} of 100: the picture is dark.`,
      'Give the door a lamp that shines on the faces, or let the camera change to night mode.',
      'night',
    ),
  darkAndGrey: (brightness: number) =>
    wrong(
      `Light: ${whole(brightness)} of 100 and black and white: it is night, and the infrared lamp does not reach.`,
      'Give the door a lamp that shines on the faces, or switch the camera’s infrared lamp on.',
      'night',
    ),

  nobody: (looks: number) =>
    wrong(
      `Faces: none in ${looks} pictures.`,
      'Stand where a guest rings, look at the camera, and try again; in the evening too, when it is as dark as at the party.',
    ),
  faces: (count: number, of: number, looks: number) =>
    right(
      `Faces: in ${of} of ${looks} pictures. In the one that was saved ${count === 1 ? 'is one' : `are ${count}`}; of the largest:`,
    ),
  largeFace: (width: number) => right(`Its width: ${whole(width)} pixels.`),
  smallFace: (width: number) =>
    note(
      `Its width: ${whole(width)} pixels. It counts, but from 64 on faces are recognised more surely.`,
      'Bring the camera nearer to where guests stand, zoom in, or choose a larger stream.',
      'stream',
    ),
  tinyFace: (width: number) =>
    wrong(
      `Its width: ${whole(width)} pixels: too small to count, 40 is the least.`,
      'Bring the camera nearer to where guests stand, zoom in, or choose a larger stream.',
      'stream',
    ),
  brightFace: (brightness: number) => right(`Its brightness: ${whole(brightness)} of 100.`),
  darkFace: (brightness: number) =>
    wrong(
      `Its brightness: ${whole(brightness)} of 100: too dark.`,
      'Give the door a lamp that shines on the faces.',
      'light',
    ),
  backlitFace: (brightness: number, picture: number) =>
    wrong(
      `Its brightness: ${whole(brightness)} of 100, before a brighter background (${whole(picture)}).`,
      'Turn the camera so that window, sky or lamp are not behind the guests, or switch on its backlight compensation (WDR, HDR, BLC).',
      'light',
    ),
  sharpFace: (sharpness: number) => right(`Its sharpness: ${whole(sharpness)} of 100.`),
  blurredFace: (sharpness: number) =>
    wrong(
      `Its sharpness: ${whole(sharpness)} of 100: blurred.`,
      'Clean the lens. If it is blurred only while somebody moves, more light helps; if a file is soft, raise the bit rate.',
      'light',
    ),
  turnedFace: note(
    'It is turned away too far to count.',
    'If you looked at the camera, it hangs too high or too far to the side: head height is best.',
  ),
} as const;
