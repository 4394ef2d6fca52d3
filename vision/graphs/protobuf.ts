/** The few pieces of protobuf's wire format that an ONNX model is made of. */

/** A non-negative whole number as a varint. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 128 : low);
  } while (rest > 0);
  return Buffer.from(bytes);
}

const key = (field: number, wireType: number) => varint(field * 8 + wireType);

/** An integer field (int32, int64, enum); only non-negative values are needed here. */
export function integer(field: number, value: number): Buffer {
  return Buffer.concat([key(field, 0), varint(value)]);
}

/** A string, bytes or embedded-message field. */
export function bytes(field: number, value: string | Uint8Array): Buffer {
  const content = typeof value === 'string' ? Buffer.from(value) : value;
  return Buffer.concat([key(field, 2), varint(content.byteLength), content]);
}
