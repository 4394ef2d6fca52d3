import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../party/clock.ts';
import { machineClock } from '../../party/monotonic-clock.ts';
import { publicAddress } from '../../producer/camera/camera-error.ts';
import type { Frame } from '../../producer/camera/frame.ts';
import type { Media } from '../aws/media.ts';
import type { OnDamage } from '../disk/damage.ts';
import { cameraText } from './camera.text.ts';
import { type Choice, readChoice, writeChoice } from './choice.ts';
import { Condition } from './condition.ts';
import { CameraChoiceError } from './errors.ts';
import { CameraFrames } from './frames.ts';
import { Listeners } from './listeners.ts';
import type { CameraPicture } from './retained.ts';
import type { OpenCamera, Outlet, Timings } from './sources.ts';
import { startSource } from './start-source.ts';
import type { CameraSource, CameraState, CameraStatus } from './state.ts';
import { type TypedCamera, typedAddress } from './typed-camera.ts';
import { removeDrafts, removeFormerVideos, storeVideo } from './video-file.ts';
import type { Webcam } from './webcam.ts';

/** What the camera on one machine is made of. */
export interface CameraOptions {
  /** The program's data folder; the camera keeps its own folder in it. */
  readonly folder: string;
  /** Opens a camera by its address, or a video file. */
  readonly open: OpenCamera;
  /** Looks whether a video file can be played, and shows it to nobody; `open` when not given. */
  readonly probe?: OpenCamera;
  /** The camera's address from CAMERA_URL. It may hold a password and is never shown. */
  readonly cameraUrl?: string;
  readonly timings?: Partial<Timings>;
  /** Told when what was chosen could not be read; standard error by default. */
  readonly onDamage?: OnDamage | undefined;
  /** The clock that frames are seen by, milliseconds since 1970; this process's when not given. */
  readonly now?: Clock;
}

const framesPerSecond = 5;
const defaultTimings: Timings = { firstRetry: 1_000, longestRetry: 30_000, silence: 10_000, frozen: 20_000 };

/** The camera as it was when the program ended: RTSP and file come back on, the webcam waits for its page. */
export function createCamera(options: CameraOptions): Camera {
  const folder = join(options.folder, 'camera');
  removeDrafts(folder);
  const choice = readChoice(folder, options.onDamage);
  if (choice?.video) removeFormerVideos(folder, choice.video.file);
  return new Camera(options, choice ?? { source: options.cameraUrl ? 'rtsp' : 'off' });
}

/** One camera from one of several sources: hands out its frames and keeps its last minute as JPEGs. */
export class Camera implements Media {
  /** What its video stream has from it without an upload: the webcam's frames, and the pictures that are kept of all. */
  readonly handedOver: Media;
  readonly #options: CameraOptions;
  readonly #timings: Timings;
  readonly #now: Clock;
  readonly #folder: string;
  readonly #frames: CameraFrames;
  readonly #listeners = new Listeners<CameraState>();
  #choice: Choice;
  #condition: Condition;
  #changes: Promise<unknown> = Promise.resolve();
  #webcam: Webcam | undefined;
  #stop: () => Promise<void> = async () => {};

  constructor(options: CameraOptions, choice: Choice) {
    this.#options = options;
    this.#timings = { ...defaultTimings, ...options.timings };
    this.#folder = join(options.folder, 'camera');
    this.#now = options.now ?? machineClock.now;
    this.#frames = new CameraFrames(join(this.#folder, 'pictures'), this.#now);
    this.#choice = choice;
    this.#condition = new Condition(this.#now);
    const trouble = () => this.trouble;
    this.handedOver = {
      frames: (signal) => this.#frames.ofWebcam(signal),
      pictures: (from, to) => this.pictures(from, to),
      get trouble() {
        return trouble();
      },
    };
    this.#start(true);
  }

  get state(): CameraState {
    const newest = this.#choice.source === 'off' ? undefined : this.#frames.newest;
    const { video, phone } = this.#choice;
    return {
      source: this.#choice.source,
      ...(this.#choice.source === 'webcam' && phone && { phone: true as const }),
      ...this.#condition.shown,
      framesPerSecond: this.#condition.status === 'live' ? this.#frames.rate : 0,
      width: newest?.width ?? 0,
      height: newest?.height ?? 0,
      rtspAvailable: this.#address !== undefined,
      ...(this.#address !== undefined && { address: publicAddress(this.#address) }),
      ...(video && { video: { name: video.name, loop: video.loop } }),
    };
  }

  get trouble(): string | undefined {
    return this.#condition.trouble;
  }

  /** Calls the listener at every change of the state. @returns how to stop it */
  watch(listener: (state: CameraState) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Calls the listener with every picture, as soon as it can be had as a JPEG. @returns how to stop it */
  watchPictures(listener: (picture: CameraPicture) => void): () => void {
    return this.#frames.watch(listener);
  }

  /** The frames from now on; one who is slow gets the newest. */
  frames(signal: AbortSignal): AsyncIterable<Frame> {
    return this.#frames.follow(signal);
  }

  /** The retained pictures of a time (milliseconds since 1970, both ends included), oldest first. */
  pictures(from: number, to: number): Promise<CameraPicture[]> {
    return this.#frames.between(from, to);
  }

  /** Lets go of the retained pictures of a time (milliseconds since 1970, both ends included), on the disk too. */
  forget(from: number, to: number): Promise<void> {
    return this.#frames.remove(from, to);
  }

  /** The retained picture of a frame by its time. */
  picture(time: number): Promise<CameraPicture | undefined> {
    return this.#frames.at(time);
  }

  /**
   * Makes this source the camera; choosing a source again starts it anew.
   *
   * @param options whether a video is played over and over, and whether the webcam is a phone's
   * @throws CameraChoiceError if the source is not to be had
   */
  choose(
    source: CameraSource,
    { phone = false, ...options }: { loop?: boolean; phone?: boolean } = {},
  ): Promise<CameraState> {
    return this.#change(async () => {
      const { video } = this.#choice;
      if (source === 'rtsp' && this.#address === undefined) {
        throw new CameraChoiceError(
          'No camera is known yet. Paste its address, or set CAMERA_URL and start again.',
        );
      }
      if (source === 'file' && !video) throw new CameraChoiceError('No video file was chosen yet.');
      await this.#become({
        ...this.#choice,
        source,
        phone,
        ...(video && { video: { ...video, ...options, ended: source === 'file' ? false : video.ended } }),
      });
    });
  }

  /**
   * Makes the camera at this address the one, now and after each restart; `tryCamera` says beforehand whether it
   * answers. Its address goes before CAMERA_URL from now on.
   *
   * @throws CameraChoiceError if it is no address
   */
  use(typed: TypedCamera): Promise<CameraState> {
    return this.#change(() =>
      this.#become({ ...this.#choice, source: 'rtsp', address: typedAddress(typed) }),
    );
  }

  /**
   * Keeps a video file and makes it the camera.
   * @throws VideoFileError if it is no video, too large, or does not fit on the disk
   */
  async playFile(name: string, bytes: AsyncIterable<Uint8Array>, loop: boolean): Promise<CameraState> {
    const file = await storeVideo(this.#folder, name, bytes, this.#options.probe ?? this.#options.open);
    return this.#change(async () => {
      const old = this.#choice.video?.file;
      await this.#become({ ...this.#choice, source: 'file', video: { file, name, loop } });
      if (old) await rm(join(this.#folder, old), { force: true });
    });
  }

  /**
   * Takes a JPEG from the page that is the webcam, or from the phone.
   * @throws CameraChoiceError if that is not the camera now
   * @throws PictureError if it is no JPEG that can be read
   */
  async receive(jpeg: Buffer, from: 'page' | 'phone' = 'page'): Promise<void> {
    const isIt = (from === 'phone') === (this.#choice.phone ?? false);
    if (!this.#webcam || !isIt) throw new CameraChoiceError(cameraText.notTheCamera);
    await this.#webcam.receive(jpeg);
  }

  /** Stops the source; what was chosen is kept for the next start. */
  async close(): Promise<void> {
    await this.#change(() => this.#stop());
  }

  /** The camera's, with its login. */
  get #address(): string | undefined {
    return this.#choice.address ?? this.#options.cameraUrl;
  }

  /** One change at a time. */
  #change(step: () => Promise<void>): Promise<CameraState> {
    const change = this.#changes.then(step).then(() => this.state);
    this.#changes = change.catch(() => {});
    return change;
  }

  async #become(choice: Choice): Promise<void> {
    await writeChoice(this.#folder, choice);
    await this.#stop();
    this.#choice = choice;
    this.#start();
  }

  /** Notes that the video is over, so that the next start does not play it once more. */
  #ended(signal: AbortSignal): void {
    this.#change(async () => {
      const { video } = this.#choice;
      if (signal.aborted || !video) return;
      this.#choice = { ...this.#choice, video: { ...video, ended: true } };
      await writeChoice(this.#folder, this.#choice);
    }).catch(() => {}); // Where the disk is full, it is played once more.
  }

  /** @param resumed whether it was chosen before the program started */
  #start(resumed = false): void {
    const stopped = new AbortController();
    const { signal } = stopped;
    const outlet: Outlet = {
      publish: async (frame, isWebcam = false) => {
        if (signal.aborted) return;
        await this.#frames.publish(frame, isWebcam);
        if (this.#condition.status !== 'live') outlet.report('live');
      },
      report: (status, message, told) => {
        if (!signal.aborted) this.#report(status, message, told);
      },
    };
    this.#condition = new Condition(this.#now);
    const { webcam, done } = startSource(this.#choice, {
      outlet,
      open: this.#options.open,
      framesPerSecond,
      signal,
      timings: this.#timings,
      videoPath: (file) => join(this.#folder, file),
      address: this.#address,
      now: this.#now,
      resumed,
      onEnded: () => this.#ended(signal),
    });
    this.#webcam = webcam;
    this.#stop = async () => {
      stopped.abort();
      webcam?.stop();
      this.#webcam = undefined;
      await done;
    };
  }

  #report(status: CameraStatus, message?: string, told?: string): void {
    this.#condition.become(status, message, told);
    this.#listeners.tell(this.state);
  }
}
