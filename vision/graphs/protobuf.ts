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

/**
 * A message as the pieces that stand one after another in it. They are joined only once, when all of it is there: a
 * model is 20 MB, and joining each message that holds another would copy all of that every time.
 */
export type Message = readonly Uint8Array[];

/** An integer field (int32, int64, enum); only non-negative values are needed here. */
export function integer(field: number, value: number): Message {
  return [key(field, 0), varint(value)];
}

/** A string, bytes or embedded-message field. */
export function bytes(field: number, value: string | Uint8Array | Message): Message {
  const content = contentOf(value);
  const length = content.reduce((sum, piece) => sum + piece.byteLength, 0);
  return [key(field, 2), varint(length), ...content];
}

function contentOf(value: string | Uint8Array | Message): Message {
  if (typeof value === 'string') return [Buffer.from(value)];
  return value instanceof Uint8Array ? [value] : value;
}
