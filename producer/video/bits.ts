/** Reads the bits of a NAL unit's content (ITU-T H.264, 7.2 and 9.1). Beyond the end there are zeros. */
export class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  /** @param content without its first byte, the unit's header; bytes that only prevent a start code are taken out */
  constructor(content: Uint8Array) {
    this.#bytes = withoutEmulationPrevention(content);
  }

  /** Whether more was read than there is. */
  get isBeyondEnd(): boolean {
    return this.#at > 8 * this.#bytes.length;
  }

  bit(): number {
    const byte = this.#bytes[this.#at >> 3] ?? 0;
    const bit = (byte >> (7 - (this.#at & 7))) & 1;
    this.#at += 1;
    return bit;
  }

  /** A number of so many bits, 32 at the most. */
  bits(count: number): number {
    let value = 0;
    for (let left = count; left > 0; left--) value = value * 2 + this.bit();
    return value;
  }

  /** An unsigned Exp-Golomb code, `ue(v)`. */
  unsigned(): number {
    let zeros = 0;
    while (zeros < 32 && this.bit() === 0) zeros += 1;
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  /** A signed Exp-Golomb code, `se(v)`. */
  signed(): number {
    const code = this.unsigned();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}

/** Two zero bytes are followed by a 3 that means nothing wherever they would look like a start code (7.4.1). */
function withoutEmulationPrevention(content: Uint8Array): Uint8Array {
  const kept: number[] = [];
  let zeros = 0;
  for (const byte of content) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    kept.push(byte);
  }
  return Uint8Array.from(kept);
}
