/** Where the pictures come from; `rtsp` is a camera that has an address, whatever it speaks. */
export const cameraSources = ['off', 'webcam', 'file', 'rtsp'] as const;
export type CameraSource = (typeof cameraSources)[number];

/**
 * How the chosen source does: `connecting` until its first picture, `lost` when it was or should be there
 * and is not (it comes back by itself), `ended` when a video was played to its end.
 */
export type CameraStatus = 'off' | 'connecting' | 'live' | 'lost' | 'ended';

/** The camera as a person wants to know it. */
export interface CameraState {
  readonly source: CameraSource;
  /** The webcam is a phone's. */
  readonly phone?: true;
  readonly status: CameraStatus;
  /** Why it is so and what to do, in a sentence for people. */
  readonly message?: string;
  /** Since when the status holds, in milliseconds since 1970. */
  readonly since: number;
  /** Pictures a second over the last seconds, to one decimal; 0 before two have come. */
  readonly framesPerSecond: number;
  /** Size of the newest picture in pixels; 0 before the first. */
  readonly width: number;
  readonly height: number;
  /** What can be chosen: whether a camera's address is known, and the video file that is at hand. */
  readonly rtspAvailable: boolean;
  /** The camera's address as it may be shown: without user, password and path. */
  readonly address?: string;
  readonly video?: { readonly name: string; readonly loop: boolean };
}
