/** What can go wrong with a camera. `declined` is any other refusal, with its number in {@link CameraError.status}. */
export type CameraFailure =
  | 'unreachable'
  | 'refused'
  | 'unknown login'
  | 'busy'
  | 'transport'
  | 'declined'
  | 'missing'
  | 'no video'
  | 'unreadable'
  | 'silent'
  | 'ended'
  | 'crashed';

const messages: Record<CameraFailure, (camera: string, status?: number) => string> = {
  unreachable: (camera) =>
    `The camera at ${camera} does not answer. Check that it is on and in this network, and its address and port.`,
  refused: (camera) =>
    `The camera at ${camera} refuses the user name or password. Check both; many cameras need an account of their own for RTSP.`,
  'unknown login': (camera) =>
    `The camera at ${camera} wants a kind of login that I don't know. In its settings, under RTSP authentication, choose "digest/basic" or MD5.`,
  busy: (camera, status) =>
    `The camera at ${camera} has too many viewers${numbered(status)}. Close other apps and recorders that watch it, or choose its smaller stream.`,
  transport: (camera) =>
    `The camera at ${camera} sends its video neither over TCP nor over UDP. Allow RTSP over TCP in its settings.`,
  declined: (camera, status) =>
    `The camera at ${camera} answers, but refuses to send its video${numbered(status)}. Restart it, and check the path.`,
  missing: (camera) => `There is no video at ${camera} under the path given. Check the path.`,
  'no video': (camera) => `What is at ${camera} has no pictures in it. Choose a stream or file with video.`,
  unreadable: (camera) =>
    `There’s something at ${camera}, but no video I can read. Choose another stream or file.`,
  silent: (camera) =>
    `The camera at ${camera} answers, but sends no picture that can be shown. Restart it; in its settings choose H.264 with a key frame every 1 or 2 seconds.`,
  ended: (camera) => `The camera at ${camera} stopped sending. Check its power and network.`,
  crashed: (camera) =>
    `The program that reads the video at ${camera} broke down over it, and is started again. If that happens again and again, choose H.264 in the camera's settings, or another stream or file.`,
};

const numbered = (status: number | undefined) => (status === undefined ? '' : ` (error ${status})`);

/** How a camera failed, beyond the kind of its failure. */
export interface CameraErrorOptions extends ErrorOptions {
  /** The number of the camera's answer, as RTSP has them (RFC 2326, 7.1.1), when it refused something. */
  readonly status?: number | undefined;
}

/**
 * A camera cannot be opened or stopped sending. The message is for people: what happened and what to do.
 * It never holds a user name or password.
 */
export class CameraError extends Error {
  override readonly name = 'CameraError';
  readonly failure: CameraFailure;
  readonly status: number | undefined;
  /** The message without the camera's address, for where others read it too. */
  readonly withoutAddress: string;

  constructor(failure: CameraFailure, address: string, { status, ...options }: CameraErrorOptions = {}) {
    super(messages[failure](publicAddress(address), status), options);
    this.failure = failure;
    this.status = status;
    this.withoutAddress = messages[failure](hiddenAddress, status);
  }
}

const hiddenAddress = 'the address given';

/** Whether an address is a URL (and not a file's path). */
export function isUrl(address: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(address);
}

/**
 * A camera's address as it may be shown. Of a URL only scheme and host are left: makers put passwords into
 * the user part, the query and even the path. What could be a part of a password is not shown: an address that was cut
 * off at a # in the password (`rtsp://user:12`) reads like a host and its port, and one without its scheme like a file.
 */
export function publicAddress(address: string): string {
  if (!isUrl(address)) return isPlainPath(address) ? address : hiddenAddress;
  if (!URL.canParse(address)) return hiddenAddress;
  const { protocol, host, hostname, pathname, search, hash } = new URL(address);
  // An @ behind the host means that the password held an unescaped / or ?, and the host is part of it.
  if ((pathname + search + hash).includes('@')) return hiddenAddress;
  return isHost(hostname) ? `${protocol}//${host}` : hiddenAddress;
}

/** Whether it is surely the name or number of a machine, and not of a user: a name has a dot in it. */
function isHost(hostname: string): boolean {
  const isNumber = /^\d{1,3}(\.\d{1,3}){3}$|^\[[\da-f:.]+\]$/i.test(hostname);
  return isNumber || hostname === 'localhost' || /^[\w-]+(\.[\w-]+)*\.[a-z]{2,}$/i.test(hostname);
}

/** Whether it is surely a file's path: with an extension, and without the signs of an address. */
function isPlainPath(path: string): boolean {
  return /^([a-z]:)?[^:@?#&=%]+\.\w{1,5}$/i.test(path) && !/^\w*\/\//.test(path);
}
