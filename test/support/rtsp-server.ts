import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const python = '/usr/bin/python3';

/** Milliseconds; generous, for GStreamer may look through all its plugins first. */
const startsWithin = 60_000;

/** A running RTSP server with one video. */
export interface RtspServer {
  readonly port: number;
  /** The video's address, with the login if the server wants one. */
  readonly address: string;
  /** Breaks this share of the bytes that it sends from now on, 0 to 1. */
  corrupt(share: number): void;
  /** Stops it where it is: its connections stay open, but nothing more comes. */
  freeze(): void;
  /** Ends it at once. */
  stop(): Promise<void>;
}

/** A user name and a password. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/** How the server sends the file: as it is, or coded anew. */
export type Coding = 'as it is' | 'h265' | 'mjpeg' | 'b-frames' | 'few key frames';

/** What GStreamer needs besides for coding anew. */
const coders = ['avdec_h264', 'x264enc', 'x265enc', 'h265parse', 'rtph265pay', 'jpegenc', 'rtpjpegpay'];

/** A reason to skip a test that needs {@link startRtspServer}, or false when this machine has all it takes. */
export const withoutRtspServer = canServe()
  ? false
  : `needs ${python} with GStreamer's RTSP server (Debian: python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good gstreamer1.0-plugins-bad)`;

/** The same for a test that has the file coded anew. */
export const withoutCoders =
  withoutRtspServer ||
  (canServe(coders)
    ? false
    : "needs GStreamer's coders (Debian: gstreamer1.0-plugins-ugly gstreamer1.0-libav)");

/**
 * Serves an H.264 file (mp4) by RTSP on this machine; each viewer sees it from its start.
 *
 * @param options.port a free one when not given
 * @param options.coding as it is when not given
 */
export async function startRtspServer(
  file: string,
  { login, port: wanted = 0, coding = 'as it is' }: { login?: Login; port?: number; coding?: Coding } = {},
): Promise<RtspServer> {
  const program = fileURLToPath(new URL('rtsp-server.py', import.meta.url));
  const path = '/door';
  const args = [program, file, path, String(wanted), coding, ...(login ? [login.user, login.password] : [])];
  // Its input stays open as long as this process lives: the server ends with it.
  const server = spawn(python, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  const [line] = await Promise.race([
    once(server.stdout, 'data', { signal: AbortSignal.timeout(startsWithin) }),
    ended.then(() => Promise.reject(new Error('The RTSP server did not start.'))),
  ]);
  const port = Number(String(line).trim());
  const user = login ? `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@` : '';
  return {
    port,
    address: `rtsp://${user}127.0.0.1:${port}${path}`,
    corrupt(share) {
      server.stdin.write(`corrupt ${share}\n`);
    },
    freeze() {
      server.kill('SIGSTOP');
    },
    async stop() {
      server.kill('SIGKILL');
      await ended;
    },
  };
}

function canServe(elements: readonly string[] = ['qtdemux', 'h264parse', 'rtph264pay']): boolean {
  const probe = `
import gi
gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gst, GstRtspServer
Gst.init(None)
raise SystemExit(not all(Gst.ElementFactory.find(e) for e in ${JSON.stringify(elements)}))`;
  return spawnSync(python, ['-c', probe], { stdio: 'ignore' }).status === 0;
}
