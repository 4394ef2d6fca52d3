import { connect } from 'node:net';

/** What a camera says the time is, and when it was heard: milliseconds since 1970. */
export interface ClockReading {
  readonly camera: number;
  readonly here: number;
}

/** So long a camera is waited for, milliseconds. */
const patience = 3000;

/**
 * Asks a camera for the time: RTSP answers may have the header `Date`, as HTTP's (RFC 2326, 12.18), and OPTIONS is
 * answered without a password. Undefined when it does not say, which is usual.
 */
export async function readCameraClock(address: string): Promise<ClockReading | undefined> {
  if (!/^rtsp:/i.test(address)) return undefined;
  const place = address.slice('rtsp://'.length).replace(/^[^/?#]*@/, '');
  if (!URL.canParse(`rtsp://${place}`)) return undefined;
  const { hostname, port } = new URL(`rtsp://${place}`);
  const answer = await ask(hostname.replace(/^\[|\]$/g, ''), Number(port || 554), `rtsp://${place}`);
  const [, date] = /^Date: *(.+?)\r?$/im.exec(answer) ?? [];
  const camera = date ? Date.parse(date) : Number.NaN;
  // The header has whole seconds: on the average half a second more.
  return Number.isNaN(camera) ? undefined : { camera: camera + 500, here: Date.now() };
}

function ask(host: string, port: number, url: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect({ host, port, timeout: patience });
    const end = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => socket.write(`OPTIONS ${url} RTSP/1.0\r\nCSeq: 1\r\n\r\n`));
    socket.on('data', (text) => {
      answer += text;
      if (answer.includes('\r\n\r\n')) end();
    });
    for (const event of ['timeout', 'error', 'close']) socket.on(event, end);
  });
}
