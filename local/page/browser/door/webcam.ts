import { postBytes, RequestError } from '../http.ts';

/** The webcam could not be used; the message is for people. */
export class WebcamError extends Error {
  override readonly name = 'WebcamError';
}

/** Milliseconds from one picture to the next. */
const interval = 200;
const jpegQuality = 0.85;
/** The server's answer when another camera was chosen meanwhile. */
const notChosen = 409;

const refusals: Readonly<Record<string, string>> = {
  NotAllowedError:
    'The browser does not let this page use the webcam. Allow it beside the address, and try again.',
  NotFoundError: 'No webcam was found on this computer.',
  NotReadableError: 'The webcam is in use by another program.',
};

/** Which of a phone's cameras: the one at its back, or the one beside its screen. */
export type Facing = 'environment' | 'user';

/** How pictures are sent. */
export interface Sending {
  /** Where each goes, and where the worker is that keeps time. */
  readonly frames: string;
  readonly metronome: string;
  readonly facing?: Facing;
  /** What shows the picture, if anything does. */
  readonly show?: HTMLVideoElement | null;
}

const ofThisPage: Sending = { frames: '/door/frames', metronome: '/assets/metronome.js' };

/**
 * Opens this computer's webcam and sends its pictures until the signal is aborted or another camera is chosen.
 * A server that is gone for a while is waited for. Throws WebcamError.
 */
export async function sendWebcam(signal: AbortSignal, sending: Sending = ofThisPage): Promise<void> {
  const stream = await openWebcam(sending.facing);
  const wake = await navigator.wakeLock?.request('screen').catch(() => undefined);
  const video = sending.show ?? document.createElement('video');
  const metronome = new Worker(sending.metronome);
  try {
    video.srcObject = stream;
    video.muted = true;
    await video.play();
    metronome.postMessage(interval);
    while (!signal.aborted) {
      const picture = await grabPicture(video);
      if (picture && !signal.aborted && !(await isTaken(picture, sending.frames))) return;
      await new Promise((resolve) => metronome.addEventListener('message', resolve, { once: true }));
    }
  } finally {
    metronome.terminate();
    await wake?.release();
    for (const track of stream.getTracks()) track.stop();
  }
}

/** Opens this computer's webcam; whoever has it stops its tracks. Throws WebcamError. */
export async function openWebcam(facingMode?: Facing): Promise<MediaStream> {
  const video = { width: { ideal: 1280 }, height: { ideal: 720 }, ...(facingMode && { facingMode }) };
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (cause) {
    const reason = cause instanceof DOMException ? refusals[cause.name] : undefined;
    throw new WebcamError(reason ?? 'The webcam could not be opened.', { cause });
  }
}

async function isTaken(picture: Blob, path: string): Promise<boolean> {
  try {
    await postBytes(path, picture);
  } catch (error) {
    return !(error instanceof RequestError && error.status === notChosen);
  }
  return true;
}

/** What the video shows now, as a JPEG. */
export function grabPicture(video: HTMLVideoElement): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', jpegQuality));
}
