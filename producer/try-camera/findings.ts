import type { Face } from '../../vision/face.ts';
import { faceLimits, unusable } from '../../vision/usable.ts';
import type { Finding } from './finding.ts';
import { findingText as text } from './findings.text.ts';
import type { Measured } from './measure.ts';

/** What was found out about a camera. */
export interface Evidence extends Measured {
  /** Whether a user name went with the address. */
  readonly hasLogin: boolean;
  /** By how much the camera's clock is ahead of this machine's, milliseconds; undefined when it does not say. */
  readonly clockAhead: number | undefined;
}

/** Faces as wide as this are recognised nine times in ten, and narrower ones less often (docs/recognition.md). */
const goodWidth = 64;

/** From this brightness on a face has all its detail; below the limit it does not count. */
const goodBrightness = 25;

/** A picture darker than this is a night's, of 100. */
const dark = 12;

/** Longer than this, and a start or a break of the line takes long until there is a picture: milliseconds. */
const longestKeyInterval = 2000;

/** As many frames as the producer looks at, and so many are too many for nothing: a second. */
const frames = { least: 5, most: 20 };

/** Pixels along the longer side: the producer makes larger pictures this small. */
const goodSize = { least: 960, most: 1920 };

/** The camera's clock is this far off without mattering, milliseconds. */
const clockOff = 5000;

/** Says of each thing whether it is right. */
export function findings(evidence: Evidence): Finding[] {
  return [
    text.reached(evidence.firstPictureAfter),
    evidence.hasLogin ? text.password : text.noPassword,
    ...(evidence.stopped ? [text.stopped] : []),
    codec(evidence),
    size(evidence),
    frameRate(evidence),
    keyInterval(evidence),
    evidence.packets.hasBFrames ? text.bFrames : text.noBFrames,
    clock(evidence),
    light(evidence),
    ...faces(evidence),
  ];
}

function codec({ codec }: Evidence): Finding {
  if (codec === 'h264') return text.h264;
  if (codec === 'hevc') return text.h265;
  if (codec === 'mjpeg') return text.mjpeg;
  return text.otherCodec(codec);
}

function size({ width, height, packets }: Evidence): Finding {
  const longer = Math.max(width, height);
  if (longer > goodSize.most) return text.large(width, height, packets.bitsPerSecond);
  return longer < goodSize.least
    ? text.small(width, height)
    : text.size(width, height, packets.bitsPerSecond);
}

function frameRate({ packets: { framesPerSecond } }: Evidence): Finding {
  if (framesPerSecond === undefined) return text.frameRateUnknown;
  // A camera counts 15 and sends 14.9.
  if (framesPerSecond < frames.least - 0.5) return text.fewFrames(framesPerSecond);
  return framesPerSecond > frames.most ? text.manyFrames(framesPerSecond) : text.frames(framesPerSecond);
}

function keyInterval({ codec, packets: { keyInterval, span } }: Evidence): Finding {
  if (codec === 'mjpeg') return text.allKeyFrames;
  if (keyInterval === undefined) return text.noSecondKeyFrame(span);
  return keyInterval > longestKeyInterval * 1.1
    ? text.fewKeyFrames(keyInterval)
    : text.keyFrames(keyInterval);
}

function clock({ clockAhead }: Evidence): Finding {
  if (clockAhead === undefined) return text.clockUnknown;
  return Math.abs(clockAhead) > clockOff ? text.clockOff(clockAhead) : text.clock;
}

function light({ light: { brightness, isGrey } }: Evidence): Finding {
  if (brightness < dark) return isGrey ? text.darkAndGrey(brightness) : text.dark(brightness);
  return isGrey ? text.grey(brightness) : text.light(brightness);
}

function faces({ best, looks, looksWithFace, light }: Evidence): Finding[] {
  const [face] = best.faces;
  if (!face) return [text.nobody(looks)];
  return [
    text.faces(best.faces.length, looksWithFace, looks),
    width(face),
    brightness(face, light.brightness),
    ...sharpness(face),
    ...turned(face),
  ];
}

function width({ box }: Face): Finding {
  if (box.width < faceLimits.live.width) return text.tinyFace(box.width);
  return box.width < goodWidth ? text.smallFace(box.width) : text.largeFace(box.width);
}

function brightness({ quality: { brightness } }: Face, ofPicture: number): Finding {
  if (brightness >= goodBrightness) return text.brightFace(brightness);
  const isBacklit = ofPicture > brightness * 1.5;
  return isBacklit ? text.backlitFace(brightness, ofPicture) : text.darkFace(brightness);
}

function sharpness({ quality: { sharpness } }: Face): Finding[] {
  return [sharpness < faceLimits.live.sharpness ? text.blurredFace(sharpness) : text.sharpFace(sharpness)];
}

function turned(face: Face): Finding[] {
  return unusable(face, 'live') === 'EXTREME_POSE' ? [text.turnedFace] : [];
}
