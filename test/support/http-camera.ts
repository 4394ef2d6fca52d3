import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A camera that is asked by HTTP. */
export interface HttpCamera {
  readonly port: number;
  /** `http://127.0.0.1:…`, to which a path is added. */
  readonly address: string;
  /** What was asked for, in order. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** What the camera has. */
export interface HttpCameraOptions {
  /** The picture now, JPEG. */
  readonly picture: () => Uint8Array;
  /** A video file, MP4, and the same in fragments, as it is sent live. */
  readonly recording?: string;
  readonly live?: string;
  /** Who may see `/locked.jpg`. */
  readonly login?: { readonly user: string; readonly password: string };
}

const realm = 'camera';
const nonce = 'a1b2c3';

/**
 * Starts a camera that speaks HTTP as cameras do, and as go2rtc does (its paths and types are those of go2rtc's README,
 * "Module: HTTP API"):
 * - `/video.mjpg`, `/api/stream.mjpeg` JPEGs one after the other, ten a second, without an end
 * - `/snapshot.jpg`, `/api/frame.jpeg` one JPEG; `/locked.jpg` for who logs in (Digest)
 * - `/door.mp4` a file; `/api/stream.mp4` MP4 in fragments, without an end
 * - `/page` what is no picture, `/broken` an error
 */
export async function startHttpCamera({
  picture,
  recording,
  live,
  login = { user: '', password: '' },
}: HttpCameraOptions): Promise<HttpCamera> {
  const asked: string[] = [];
  const jpeg = (response: ServerResponse) => {
    const bytes = picture();
    response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': bytes.length }).end(bytes);
  };
  const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
    '/video.mjpg': (_, response) => void sendJpegs(response, 'myboundary', picture),
    '/api/stream.mjpeg': (_, response) => void sendJpegs(response, 'frame', picture),
    '/snapshot.jpg': (_, response) => jpeg(response),
    '/api/frame.jpeg': (_, response) => jpeg(response),
    '/locked.jpg': (request, response) => {
      if (isLoggedIn(request, login)) return jpeg(response);
      const challenge = `Digest realm="${realm}", nonce="${nonce}", qop="auth"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
    },
    '/door.mp4': (request, response) => void sendFile(request, response, recording!),
    '/api/stream.mp4': (_, response) => void sendLive(response, live!),
    '/page': (_, response) =>
      response.setHeader('content-type', 'text/html').end('<h1>Camera</h1>'.repeat(99)),
    '/broken': (_, response) => response.writeHead(503).end(),
  };
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.on('error', () => {});
    const answer = answers[new URL(request.url ?? '', 'http://camera').pathname];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    address: `http://127.0.0.1:${port}`,
    asked,
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function sendJpegs(response: ServerResponse, boundary: string, picture: () => Uint8Array) {
  response.writeHead(200, { 'content-type': `multipart/x-mixed-replace; boundary=${boundary}` });
  while (!response.destroyed) {
    const bytes = picture();
    response.write(`--${boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: ${bytes.length}\r\n\r\n`);
    response.write(bytes);
    response.write('\r\n');
    await delay(100);
  }
}

/** With ranges, as web servers have files. */
async function sendFile({ headers }: IncomingMessage, response: ServerResponse, file: string) {
  const bytes = await readFile(file);
  const from = Number(/^bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
  response.writeHead(headers.range ? 206 : 200, {
    'content-type': 'video/mp4',
    'accept-ranges': 'bytes',
    'content-length': bytes.length - from,
    ...(headers.range && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
  });
  response.end(bytes.subarray(from));
}

/** The file in small parts, as slowly as if it were made now; then nothing more comes, and the connection stays. */
async function sendLive(response: ServerResponse, file: string) {
  response.writeHead(200, { 'content-type': 'video/mp4' });
  const bytes = await readFile(file);
  for (let at = 0; at < bytes.length && !response.destroyed; at += 2000) {
    response.write(bytes.subarray(at, at + 2000));
    await delay(20);
  }
}

/** RFC 7616, 3.4.1, with MD5 and `qop=auth`. */
function isLoggedIn(
  { headers, method }: IncomingMessage,
  { user, password }: { readonly user: string; readonly password: string },
): boolean {
  const said = Object.fromEntries(
    [...(headers.authorization ?? '').matchAll(/(\w+)="?([^",]*)"?/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const secret = md5(`${user}:${realm}:${password}`);
  const asked = md5(`${method}:${said.uri}`);
  const wanted = md5(`${secret}:${nonce}:${said.nc}:${said.cnonce}:${said.qop}:${asked}`);
  return said.username === user && said.response === wanted;
}
