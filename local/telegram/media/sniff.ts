import { extname } from 'node:path';

/** What the first bytes of a file say it is: its MIME type and its usual extension. */
export interface FileType {
  readonly mime: string;
  readonly extension: string;
}

const mp3: FileType = { mime: 'audio/mpeg', extension: 'mp3' };
const m4a: FileType = { mime: 'audio/mp4', extension: 'm4a' };
const heic: FileType = { mime: 'image/heic', extension: 'heic' };

/** How files begin; a dot stands for any byte. */
const signatures: ReadonlyArray<readonly [beginning: string, type: FileType]> = [
  ['\xff\xd8\xff', { mime: 'image/jpeg', extension: 'jpg' }],
  ['\x89PNG\r\n\x1a\n', { mime: 'image/png', extension: 'png' }],
  ['GIF8.a', { mime: 'image/gif', extension: 'gif' }],
  ['RIFF....WEBP', { mime: 'image/webp', extension: 'webp' }],
  ['RIFF....WAVE', { mime: 'audio/x-wav', extension: 'wav' }],
  ['fLaC', { mime: 'audio/flac', extension: 'flac' }],
  ['OggS', { mime: 'audio/ogg', extension: 'ogg' }],
  ['....ftypM4A', m4a],
  ['....ftypM4B', m4a],
  ['....ftyphe', heic],
  ['....ftypmif1', heic],
  ['....ftypmsf1', heic],
  ['....ftypqt', { mime: 'video/quicktime', extension: 'mov' }],
  ['....ftyp', { mime: 'video/mp4', extension: 'mp4' }],
  ['\x1aE\xdf\xa3', { mime: 'video/webm', extension: 'webm' }],
  ['%PDF-', { mime: 'application/pdf', extension: 'pdf' }],
  ['PK\x03\x04', { mime: 'application/zip', extension: 'zip' }],
  ['ID3', mp3],
];
const byName: Readonly<Record<string, string>> = {
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.ogg': 'audio/ogg',
  '.flac': 'audio/flac',
  '.wav': 'audio/x-wav',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.heic': 'image/heic',
  '.mp4': 'video/mp4',
  '.txt': 'text/plain',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
};

/** What the bytes are, whatever the file's name; undefined when they are nothing known here. */
export function sniff(bytes: Uint8Array): FileType | undefined {
  const head = Buffer.from(bytes.subarray(0, 32)).toString('latin1');
  const found = signatures.find(([beginning]) => begins(head, beginning))?.[1];
  return found ?? (isMpegAudio(bytes) ? mp3 : undefined);
}

/** The type that a client would declare for a file: by its name first, as phones do. */
export function declaredType(name: string, bytes: Uint8Array): string {
  return byName[extname(name).toLowerCase()] ?? sniff(bytes)?.mime ?? 'application/octet-stream';
}

function begins(head: string, beginning: string): boolean {
  return [...beginning].every((character, index) => character === '.' || character === head[index]);
}

/** Two whole MPEG audio frame headers of layer III in a row (ISO 11172-3, 2.4.1.3). */
function isMpegAudio(bytes: Uint8Array): boolean {
  const length = frameLength(bytes, 0);
  return length !== undefined && (bytes.length <= length || frameLength(bytes, length) !== undefined);
}

const bitrates = [
  [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
const sampleRates = [44_100, 48_000, 32_000];

function frameLength(bytes: Uint8Array, at: number): number | undefined {
  const [sync, second = 0, third = 0] = bytes.subarray(at, at + 3);
  const version = (second >> 3) & 3;
  if (sync !== 0xff || (second & 0xe6) !== 0xe2 || version === 1) return undefined;
  const bitrate = bitrates[version === 3 ? 0 : 1]?.[(third >> 4) - 1];
  const sampleRate = sampleRates[(third >> 2) & 3];
  if (bitrate === undefined || sampleRate === undefined) return undefined;
  const divisor = version === 3 ? 1 : version === 2 ? 2 : 4;
  const padding = (third >> 1) & 1;
  return Math.floor(((version === 3 ? 144 : 72) * bitrate * 1000) / (sampleRate / divisor)) + padding;
}
