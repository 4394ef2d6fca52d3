import type { Clock } from '../../party/clock.ts';
import type { Choice } from './choice.ts';
import { followRtsp, type Outlet, playVideo, type SourceOptions } from './sources.ts';
import { Webcam } from './webcam.ts';

/** What a source is started with, besides what was chosen. */
export interface SourceParts extends SourceOptions {
  readonly outlet: Outlet;
  /** Where a video file lies, by its name in the choice. */
  readonly videoPath: (file: string) => string;
  /** The address of a camera, with its login; undefined where none is known. */
  readonly address: string | undefined;
  readonly now: Clock;
}

/** A source that was started. It ends with the signal that it was started with. */
export interface StartedSource {
  /** Takes the page's pictures, when the page is the camera. */
  readonly webcam?: Webcam;
  /** Settles when it has ended. */
  readonly done: Promise<void>;
}

/** Starts what was chosen as the camera, and says at the outlet what it is about. */
export function startSource({ source, video }: Choice, parts: SourceParts): StartedSource {
  const { outlet, address, timings, videoPath, now } = parts;
  const done = Promise.resolve();
  if (source === 'off') {
    outlet.report('off');
    return { done };
  }
  if (source === 'webcam') {
    outlet.report('connecting', 'Waiting for the page to send the webcam’s pictures.');
    return { webcam: new Webcam(outlet, timings.silence, now), done };
  }
  if (source === 'file' && video) {
    outlet.report('connecting', 'Opening the video.');
    return { done: playVideo(videoPath(video.file), video.loop, outlet, parts) };
  }
  if (source === 'rtsp' && address !== undefined) {
    outlet.report('connecting', 'Calling the camera.');
    return { done: followRtsp(address, outlet, parts) };
  }
  outlet.report('lost', 'The camera chosen last time is not to be had now. Please choose one.');
  return { done };
}
