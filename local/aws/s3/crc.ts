/** The two CRCs of S3 that Node does not have, both reflected, with all bits set at first and inverted at last. */

const crc32cPolynomial = 0x82f63b78;
const crc64High = 0x9a6c9329;
const crc64Low = 0xac4bc9b5;

let table32: Uint32Array | undefined;
let table64: { high: Uint32Array; low: Uint32Array } | undefined;

/** CRC-32C (Castagnoli). */
export function crc32c(body: Uint8Array): number {
  table32 ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ crc32cPolynomial : crc >>> 1;
    return crc;
  });
  let crc = 0xffffffff;
  for (const byte of body) crc = (table32[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** CRC-64/NVME, what the `aws` command sends. In two halves of 32 bits: BigInt is a hundred times slower. */
export function crc64nvme(body: Uint8Array): bigint {
  table64 ??= makeTable64();
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (const byte of body) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (table64.low[index] as number);
    high = (high >>> 8) ^ (table64.high[index] as number);
  }
  return (BigInt(~high >>> 0) << 32n) | BigInt(~low >>> 0);
}

function makeTable64(): { high: Uint32Array; low: Uint32Array } {
  const table = { high: new Uint32Array(256), low: new Uint32Array(256) };
  for (let byte = 0; byte < 256; byte++) {
    let high = 0;
    let low = byte;
    for (let bit = 0; bit < 8; bit++) {
      const odd = low & 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (odd) {
        high ^= crc64High;
        low ^= crc64Low;
      }
    }
    table.high[byte] = high;
    table.low[byte] = low;
  }
  return table;
}
