import '../../producer/camera/with-resolvers.ts';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Demuxer } from 'node-av/api';

/** One request of a viewer's. */
export interface RtspRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

/** A viewer's connection, as the camera has it. */
export interface Viewer {
  readonly socket: Socket;
  /** Answers a request, by default with 200 and nothing else. */
  answer(request: RtspRequest, answer?: RtspAnswer): void;
  /** Sends a packet inside of the connection: channel 0 has pictures (RTP), channel 1 what is said of them (RTCP). */
  send(channel: number, packet: Uint8Array): void;
  /** Sends a picture. The marker bit is set on its last packet. */
  sendPicture(units: readonly Uint8Array[], options?: PictureOptions): void;
}

export interface RtspAnswer {
  readonly status?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface PictureOptions {
  /** On the video's clock of 90 kHz. */
  readonly time?: number;
  readonly payloadType?: number;
  readonly channel?: number;
}

/** What a camera does that an orderly one does not: how it answers each method, and what it sends once it plays. */
export interface Oddity {
  readonly sdp?: string;
  readonly on?: Readonly<Record<string, (request: RtspRequest, viewer: Viewer) => void>>;
  /** Called when the viewer wants to watch. Ends with its connection. */
  readonly play?: (viewer: Viewer, signal: AbortSignal) => Promise<void> | void;
}

export interface OddCamera {
  readonly port: number;
  readonly address: string;
  /** The methods that were asked, in order. */
  readonly asked: readonly string[];
  /** How many viewers have come. */
  readonly viewers: number;
  stop(): Promise<void>;
}

/** H.264 as it goes over the network. */
export interface CodedVideo {
  /** The line `a=fmtp` needs it: both parameter sets in base64. */
  readonly parameterSets: string;
  /** Each picture in its NAL units; the parameter sets are in the first ones of key frames. */
  readonly pictures: readonly { readonly isKeyframe: boolean; readonly units: readonly Uint8Array[] }[];
}

/** Starts an RTSP camera that is odd in some way, on a free port of this machine. */
export async function startOddCamera({ sdp = '', on = {}, play }: Oddity): Promise<OddCamera> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  let viewers = 0;
  const server = createServer((socket) => {
    viewers += 1;
    sockets.add(socket);
    const gone = new AbortController();
    socket.on('error', () => {});
    socket.on('close', () => {
      gone.abort();
      sockets.delete(socket);
    });
    const viewer = viewerOf(socket);
    const usual: Record<string, (request: RtspRequest) => void> = {
      OPTIONS: (request) =>
        viewer.answer(request, { headers: { Public: 'OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN' } }),
      DESCRIBE: (request) =>
        viewer.answer(request, {
          headers: { 'Content-Type': 'application/sdp', 'Content-Base': `${request.url}/` },
          body: sdp,
        }),
      SETUP: (request) => {
        const [, channels = '0-1'] =
          /interleaved=(\d+-\d+)/.exec(request.headers.get('transport') ?? '') ?? [];
        viewer.answer(request, {
          headers: { Session: '12345678', Transport: `RTP/AVP/TCP;unicast;interleaved=${channels}` },
        });
      },
      PLAY: (request) => {
        viewer.answer(request, { headers: { Session: '12345678', Range: 'npt=0.000-' } });
        void Promise.resolve(play?.(viewer, gone.signal)).catch(() => {});
      },
    };
    readRequests(socket, (request) => {
      asked.push(request.method);
      const act = on[request.method] ?? usual[request.method];
      if (act) act(request, viewer);
      else viewer.answer(request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    address: `rtsp://127.0.0.1:${port}/door`,
    asked,
    get viewers() {
      return viewers;
    },
    async stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** What a camera says of itself when it has one H.264 track. */
export function sdpOf({ parameterSets }: Pick<CodedVideo, 'parameterSets'>): string {
  return lines(
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=door',
    'c=IN IP4 0.0.0.0',
    't=0 0',
    'm=video 0 RTP/AVP 96',
    'a=rtpmap:96 H264/90000',
    `a=fmtp:96 packetization-mode=1;sprop-parameter-sets=${parameterSets}`,
    'a=control:track1',
  );
}

export const lines = (...text: readonly string[]): string => text.map((line) => `${line}\r\n`).join('');

/** Reads an H.264 file (mp4) as a camera would send it. */
export async function codedVideo(file: string): Promise<CodedVideo> {
  const input = await Demuxer.open(file);
  try {
    const stream = input.video()!;
    const sets = parameterSetsOf(stream.codecpar.extradata!);
    const pictures: { isKeyframe: boolean; units: Uint8Array[] }[] = [];
    for await (const packet of input.packets(stream.index)) {
      if (!packet) break;
      const units = unitsOf(Buffer.from(packet.data!));
      pictures.push({
        isKeyframe: packet.isKeyframe,
        units: packet.isKeyframe ? [...sets, ...units] : units,
      });
      packet.free();
    }
    return { parameterSets: sets.map((set) => set.toString('base64')).join(','), pictures };
  } finally {
    await input.close();
  }
}

/** From the mp4's description of the decoder (ISO/IEC 14496-15, avcC): lengths of two bytes before each set. */
function parameterSetsOf(description: Buffer): Buffer[] {
  const sets: Buffer[] = [];
  let at = 5;
  for (const mask of [0x1f, 0xff]) {
    for (let left = description[at++]! & mask; left > 0; left--) {
      const length = description.readUInt16BE(at);
      sets.push(Buffer.from(description.subarray(at + 2, at + 2 + length)));
      at += 2 + length;
    }
  }
  return sets;
}

/** The NAL units of a picture: in an mp4 each has its length, four bytes, before it. */
function unitsOf(picture: Buffer): Buffer[] {
  const units: Buffer[] = [];
  for (let at = 0; at < picture.length; ) {
    const length = picture.readUInt32BE(at);
    units.push(picture.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return units;
}

/** What fits into one packet. */
const largestPacket = 1400;

function viewerOf(socket: Socket): Viewer {
  const viewer: Viewer = {
    socket,
    answer(request, { status = '200 OK', headers = {}, body = '' } = {}) {
      const head = {
        CSeq: request.headers.get('cseq') ?? '0',
        ...headers,
        ...(body && { 'Content-Length': String(Buffer.byteLength(body)) }),
      };
      const text = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`RTSP/1.0 ${status}\r\n${text.join('')}\r\n${body}`);
    },
    send(channel, packet) {
      const head = Buffer.from([0x24, channel, 0, 0]);
      head.writeUInt16BE(packet.length, 2);
      socket.write(Buffer.concat([head, packet]));
    },
    sendPicture(units, { channel = 0, ...options } = {}) {
      for (const packet of rtpPackets(units, options)) viewer.send(channel, packet);
    },
  };
  return viewer;
}

/** A packet of RTP (RFC 3550, 5.1). */
export function rtpPacket(
  payload: Uint8Array,
  { time = 0, sequence = 0, payloadType = 96, isLast = false } = {},
): Buffer {
  const head = Buffer.alloc(12);
  head[0] = 0x80;
  head[1] = payloadType | (isLast ? 0x80 : 0);
  head.writeUInt16BE(sequence & 0xffff, 2);
  head.writeUInt32BE(time >>> 0, 4);
  head.writeUInt32BE(0x1234_5678, 8);
  return Buffer.concat([head, payload]);
}

let sequence = 0;

/** The packets of one picture. */
export function rtpPackets(
  units: readonly Uint8Array[],
  { time = 0, payloadType = 96 }: Omit<PictureOptions, 'channel'> = {},
): Buffer[] {
  return units.flatMap(fragments).map((payload, index, { length }) => {
    sequence += 1;
    return rtpPacket(payload, { time, sequence, payloadType, isLast: index === length - 1 });
  });
}

/** A sender's report with nothing in it (RFC 3550, 6.4.1). */
export function senderReport(): Buffer {
  const report = Buffer.alloc(28);
  report.set([0x80, 200, 0, 6]);
  report.writeUInt32BE(0x1234_5678, 4);
  return report;
}

/** A NAL unit as it is, or in fragments of type FU-A (RFC 6184, 5.8). */
function fragments(unit: Uint8Array): Uint8Array[] {
  if (unit.length <= largestPacket) return [unit];
  const [first = 0] = unit;
  const parts: Uint8Array[] = [];
  for (let at = 1; at < unit.length; at += largestPacket) {
    const end = Math.min(at + largestPacket, unit.length);
    const flags = (at === 1 ? 0x80 : 0) | (end === unit.length ? 0x40 : 0);
    parts.push(
      Buffer.concat([Buffer.from([(first & 0x60) | 28, flags | (first & 0x1f)]), unit.subarray(at, end)]),
    );
  }
  return parts;
}

/** Requests as they come; what a viewer sends inside of the connection (RTCP) is passed over. */
function readRequests(socket: Socket, take: (request: RtspRequest) => void): void {
  let bytes = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (;;) {
      if (bytes[0] === 0x24) {
        if (bytes.length < 4 || bytes.length < 4 + bytes.readUInt16BE(2)) return;
        bytes = bytes.subarray(4 + bytes.readUInt16BE(2));
        continue;
      }
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      const [first = '', ...rest] = bytes.subarray(0, end).toString().split('\r\n');
      bytes = bytes.subarray(end + 4);
      const [method = '', url = ''] = first.split(' ');
      const headers = rest.map((line) => /^([^:]+): *(.*)$/.exec(line)).filter((match) => match !== null);
      take({
        method,
        url,
        headers: new Map(headers.map(([, name, value]) => [name!.toLowerCase(), value!])),
      });
    }
  });
}
