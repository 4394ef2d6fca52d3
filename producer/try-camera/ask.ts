import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { CameraSettings } from '../camera/camera-address.ts';
import { isUrl } from '../camera/camera-error.ts';

/** Asks on the terminal where the camera is. Nothing that may be a password is shown while it is typed. */
export async function askForCamera(): Promise<CameraSettings> {
  const CAMERA_URL = await askUnseen(
    'The camera’s RTSP address, such as rtsp://192.168.1.20:554/stream2 (not shown while you type): ',
  );
  if (!isUrl(CAMERA_URL.trim()) || CAMERA_URL.includes('@')) return { CAMERA_URL };
  const CAMERA_USER = await askUnseen('The camera account’s name (not shown; Enter if there is none): ');
  if (CAMERA_USER.trim() === '') return { CAMERA_URL };
  return { CAMERA_URL, CAMERA_USER, CAMERA_PASSWORD: await askUnseen('Its password (not shown): ') };
}

async function askUnseen(question: string): Promise<string> {
  // The terminal would show what is typed by way of this output.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  // Only now, when what is typed at once is not shown either.
  process.stderr.write(question);
  const gone = new AbortController();
  terminal.once('SIGINT', () => gone.abort());
  terminal.once('close', () => gone.abort());
  try {
    return await terminal.question('', { signal: gone.signal });
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
