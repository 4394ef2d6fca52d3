/** How a WAVE file says that the sound in it is an MP3's (Microsoft's mmreg.h, WAVE_FORMAT_MPEGLAYER3). */
const mpegLayer3 = 0x55;

/**
 * The MP3 that is wrapped in a RIFF file, as some programs save it.
 *
 * @returns undefined when it is no such file
 */
export function mp3InRiff(bytes: Uint8Array): Uint8Array | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.toString('latin1', 0, 4) !== 'RIFF') return undefined;
  const form = file.toString('latin1', 8, 12);
  if (form !== 'WAVE' && form !== 'RMP3') return undefined;
  let isMp3 = form === 'RMP3';
  // Each chunk: its type, its length, its content, and a byte more when that is odd.
  for (let at = 12; at + 8 <= file.length; ) {
    const type = file.toString('latin1', at, at + 4);
    const length = file.readUInt32LE(at + 4);
    const start = at + 8;
    if (type === 'fmt ' && start + 2 <= file.length) isMp3 = file.readUInt16LE(start) === mpegLayer3;
    // A length that goes past the end is one of a file that was cut off, or never finished.
    if (type === 'data') return isMp3 ? bytes.subarray(start, start + length) : undefined;
    at = start + length + (length % 2);
  }
  return undefined;
}
