/** One frame of silence: MPEG-1 layer III, 128 kbit/s, 44.1 kHz, mono; all main data zero. */
function silentFrame(): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0xc4]);
  return frame;
}

function id3Frame(id: string, text: string): Buffer {
  const body = Buffer.concat([Buffer.from([3]), Buffer.from(text, 'utf8')]);
  const head = Buffer.alloc(10);
  head.write(id, 0, 'latin1');
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}

/** An MP3 of silence, 26 ms a frame, with an ID3v2.4 tag when a title or an artist is given. */
export function silentMp3(frames: number, tag: { title?: string; artist?: string } = {}): Buffer {
  const sound = Buffer.concat(Array.from({ length: frames }, silentFrame));
  const fields = [
    ...(tag.title === undefined ? [] : [id3Frame('TIT2', tag.title)]),
    ...(tag.artist === undefined ? [] : [id3Frame('TPE1', tag.artist)]),
  ];
  if (fields.length === 0) return sound;
  const body = Buffer.concat(fields);
  const size = [21, 14, 7, 0].map((shift) => (body.length >> shift) & 0x7f);
  return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, ...size]), body, sound]);
}

/** A WAV of silence: sound, but neither MP3 nor M4A. */
export function silentWav(seconds: number): Buffer {
  const data = Buffer.alloc(seconds * 8000);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
