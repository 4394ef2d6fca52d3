/** The tags that a file may begin with. */
export interface LeadingTags {
  /** Where the last of them ends. */
  readonly end: number;
  /** Where those end that players expect there, ID3v2; 0 when there are none, or they come behind another. */
  readonly id3End: number;
}

/** What an APEv2 tag begins with (hydrogenaudio.org, "APEv2 specification"). */
const apeMark = 'APETAGEX';
const apeHeader = 32;
const id3v1Length = 128;
/** What may follow the sound. */
const trailing = ['TAG', apeMark, 'LYRICSBEGIN', 'ID3', '3DI'];

/**
 * The tags that a file begins with: ID3v2 (id3.org, "ID3v2 overview": its length is 28 bits in 4 bytes) and APEv2, which
 * belongs to the end, but some programs write it here.
 */
export function leadingTags(bytes: Uint8Array): LeadingTags {
  let at = 0;
  let id3End = 0;
  let isApeBefore = false;
  for (;;) {
    if (isAt(bytes, at, 'ID3') && bytes.length >= at + 10) {
      const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at + 6, at + 10);
      const footer = (bytes[at + 5]! & 0x10) !== 0 ? 10 : 0;
      at += 10 + ((a & 0x7f) << 21) + ((b & 0x7f) << 14) + ((c & 0x7f) << 7) + (d & 0x7f) + footer;
      if (!isApeBefore) id3End = at;
    } else if (isAt(bytes, at, apeMark) && bytes.length >= at + apeHeader) {
      // Its length, which counts its footer and not its header, is the one little-endian number of a music file.
      const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at + 12, at + 16);
      at += apeHeader + a + (b << 8) + (c << 16) + d * 2 ** 24;
      isApeBefore = true;
    } else return { end: at, id3End };
  }
}

/** Whether a tag begins here, as it may after the last frame. */
export const isTrailingTag = (bytes: Uint8Array, at: number): boolean =>
  trailing.some((mark) => isAt(bytes, at, mark));

/** Whether a file says of itself that it is an MP3, by a tag at its beginning. */
export const hasMp3Tag = (bytes: Uint8Array): boolean => isAt(bytes, 0, 'ID3') || isAt(bytes, 0, apeMark);

/** An MP3 without the tags that tell its title, performer and cover. */
export function withoutMp3Tags(bytes: Uint8Array): Uint8Array {
  const { end } = leadingTags(bytes);
  const sound = bytes.subarray(Math.min(end, bytes.length));
  const id3v1 = sound.length - id3v1Length;
  return id3v1 >= 0 && isAt(sound, id3v1, 'TAG') ? sound.subarray(0, id3v1) : sound;
}

function isAt(bytes: Uint8Array, at: number, mark: string): boolean {
  for (let i = 0; i < mark.length; i++) if (bytes[at + i] !== mark.charCodeAt(i)) return false;
  return true;
}
