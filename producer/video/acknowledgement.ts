/** What Kinesis Video says of a fragment while it is sent (API reference, PutMedia, "Acknowledgement"). */
export interface Acknowledgement {
  readonly event: 'BUFFERING' | 'RECEIVED' | 'PERSISTED' | 'ERROR' | 'IDLE';
  /** The fragment's own time, milliseconds since 1970. */
  readonly time: number | undefined;
  /** About 47 digits. */
  readonly fragmentNumber: string | undefined;
  readonly errorId: number | undefined;
  /** The error's name, such as `INVALID_MKV_DATA`. */
  readonly errorCode: string | undefined;
}

/** Nothing that is said is longer. */
const longest = 4096;

const events = ['BUFFERING', 'RECEIVED', 'PERSISTED', 'ERROR', 'IDLE'] as const;

/**
 * Reads acknowledgements out of an answer as it comes: JSON objects without objects in them, one after the other, with
 * anything or nothing in between. What is none is passed over.
 */
export class AcknowledgementReader {
  #text = '';

  take(chunk: Uint8Array): Acknowledgement[] {
    this.#text += Buffer.from(chunk).toString('latin1');
    const end = this.#text.lastIndexOf('}') + 1;
    const whole = this.#text.slice(0, end);
    this.#text = this.#text.slice(end).slice(-longest);
    return [...whole.matchAll(/\{[^{}]*\}/g)].flatMap(([json]) => parse(json));
  }
}

function parse(json: string): Acknowledgement[] {
  let said: Record<string, unknown>;
  try {
    said = JSON.parse(json);
  } catch {
    return [];
  }
  const event = events.find((name) => name === said.EventType);
  if (!event) return [];
  const number = (value: unknown) => (value === undefined || value === '' ? undefined : Number(value));
  const text = (value: unknown) => (value === undefined ? undefined : String(value));
  return [
    {
      event,
      time: number(said.FragmentTimecode),
      fragmentNumber: text(said.FragmentNumber),
      errorId: number(said.ErrorId),
      errorCode: text(said.ErrorCode),
    },
  ];
}

/**
 * What to do about an error: `again` sends the fragment once more over another connection, `never` gives the fragment
 * up, for it would be refused again.
 */
export interface AckError {
  readonly name: string;
  readonly handling: 'again' | 'never';
}

/** Errors of PutMedia by number (API reference, PutMedia, "Acknowledgement": error ids). */
const errors: Readonly<Record<number, AckError>> = {
  4000: { name: 'STREAM_READ_ERROR', handling: 'again' },
  4001: { name: 'MAX_FRAGMENT_SIZE_REACHED', handling: 'never' },
  4002: { name: 'MAX_FRAGMENT_DURATION_REACHED', handling: 'never' },
  4003: { name: 'MAX_CONNECTION_DURATION_REACHED', handling: 'again' },
  4004: { name: 'FRAGMENT_TIMECODE_LESSER_THAN_PREVIOUS', handling: 'never' },
  4005: { name: 'MORE_THAN_ALLOWED_TRACKS_FOUND', handling: 'never' },
  4006: { name: 'INVALID_MKV_DATA', handling: 'never' },
  4007: { name: 'INVALID_PRODUCER_TIMESTAMP', handling: 'never' },
  4008: { name: 'STREAM_NOT_ACTIVE', handling: 'again' },
  4009: { name: 'FRAGMENT_METADATA_LIMIT_REACHED', handling: 'never' },
  4010: { name: 'TRACK_NUMBER_MISMATCH', handling: 'never' },
  4011: { name: 'FRAMES_MISSING_FOR_TRACK', handling: 'never' },
  4500: { name: 'KMS_KEY_ACCESS_DENIED', handling: 'again' },
  4501: { name: 'KMS_KEY_DISABLED', handling: 'again' },
  4502: { name: 'KMS_KEY_VALIDATION_ERROR', handling: 'again' },
  4503: { name: 'KMS_KEY_UNAVAILABLE', handling: 'again' },
  4504: { name: 'KMS_KEY_INVALID_USAGE', handling: 'again' },
  4505: { name: 'KMS_KEY_INVALID_STATE', handling: 'again' },
  4506: { name: 'KMS_KEY_NOT_FOUND', handling: 'again' },
  5000: { name: 'INTERNAL_ERROR', handling: 'again' },
  5001: { name: 'ARCHIVAL_ERROR', handling: 'again' },
};

/** An error that is not known may pass. */
export const ackError = ({ errorId = 0, errorCode = 'UNKNOWN' }: Acknowledgement): AckError =>
  errors[errorId] ?? { name: errorCode, handling: 'again' };
