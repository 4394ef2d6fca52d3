import type { Clock } from '../../party/clock.ts';
import { cameraText as text } from './camera.text.ts';
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
  /** It was chosen before this start of the program. */
  readonly resumed: boolean;
  /** Told when the video was played to its end. */
  readonly onEnded: () => void;
}

/** A source that was started. It ends with the signal that it was started with. */
export interface StartedSource {
  /** Takes the page's pictures, when the page is the camera. */
  readonly webcam?: Webcam;
  /** Settles when it has ended. */
  readonly done: Promise<void>;
}

/** Starts what was chosen as the camera, and says at the outlet what it is about. */
export function startSource({ source, phone, video }: Choice, parts: SourceParts): StartedSource {
  const { outlet, address, timings, videoPath, now, resumed } = parts;
  const done = Promise.resolve();
  if (source === 'off') {
    outlet.report('off');
    return { done };
  }
  if (source === 'webcam') {
    if (phone && resumed) {
      outlet.report('lost', text.phoneLinkEnded);
      return { done };
    }
    outlet.report('connecting', phone ? text.waitingForPhone : text.waitingForPage);
    const silent = phone ? text.phoneIsSilent : text.pageIsSilent;
    return { webcam: new Webcam(outlet, { after: timings.silence, told: silent }, now), done };
  }
  if (source === 'file' && video) {
    if (video.ended && resumed) {
      outlet.report('ended', text.videoEnded);
      return { done };
    }
    outlet.report('connecting', text.openingVideo);
    return { done: playVideo(videoPath(video.file), video.loop, outlet, parts) };
  }
  if (source === 'rtsp' && address !== undefined) {
    outlet.report('connecting', text.calling);
    return { done: followRtsp(address, outlet, parts) };
  }
  outlet.report('lost', text.notToBeHad);
  return { done };
}
