/** What can go wrong with a camera. */
export type CameraFailure = 'unreachable' | 'refused' | 'missing' | 'no video' | 'unreadable' | 'ended';

const messages: Record<CameraFailure, (camera: string) => string> = {
  unreachable: (camera) =>
    `The camera at ${camera} does not answer. Check that it is on and in this network, and its address and port.`,
  refused: (camera) =>
    `The camera at ${camera} refuses the user name or password. Check both; many cameras need an account of their own for RTSP.`,
  missing: (camera) => `There is no video at ${camera} under the path given. Check the path.`,
  'no video': (camera) => `What is at ${camera} has no pictures in it. Choose a stream or file with video.`,
  unreadable: (camera) => `What is at ${camera} cannot be read as video. Choose another stream or file.`,
  ended: (camera) => `The camera at ${camera} stopped sending. Check its power and network.`,
};

/**
 * A camera cannot be opened or stopped sending. The message is for people: what happened and what to do.
 * It never holds a user name or password.
 */
export class CameraError extends Error {
  override readonly name = 'CameraError';
  readonly failure: CameraFailure;

  constructor(failure: CameraFailure, address: string, options?: ErrorOptions) {
    super(messages[failure](publicAddress(address)), options);
    this.failure = failure;
  }
}

/** Whether an address is a URL (and not a file's path). */
export function isUrl(address: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(address);
}

/**
 * A camera's address as it may be shown. Of a URL only scheme and host are left: makers put passwords into
 * the user part, the query and even the path.
 */
export function publicAddress(address: string): string {
  if (!isUrl(address)) return address;
  const unknown = 'the address given';
  if (!URL.canParse(address)) return unknown;
  const { protocol, host, pathname, search, hash } = new URL(address);
  // An @ behind the host means that the password held an unescaped / or ?, and the host is part of it.
  return (pathname + search + hash).includes('@') ? unknown : `${protocol}//${host}`;
}
