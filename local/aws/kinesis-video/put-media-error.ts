/** Errors that PutMedia acknowledges, by number (API reference, PutMedia, "Acknowledgement"). */
const codes = {
  4000: 'STREAM_READ_ERROR',
  4001: 'MAX_FRAGMENT_SIZE_REACHED',
  4002: 'MAX_FRAGMENT_DURATION_REACHED',
  4003: 'MAX_CONNECTION_DURATION_REACHED',
  4004: 'FRAGMENT_TIMECODE_LESSER_THAN_PREVIOUS',
  4005: 'MORE_THAN_ALLOWED_TRACKS_FOUND',
  4006: 'INVALID_MKV_DATA',
  4007: 'INVALID_PRODUCER_TIMESTAMP',
  4008: 'STREAM_NOT_ACTIVE',
  4009: 'FRAGMENT_METADATA_LIMIT_REACHED',
  4010: 'TRACK_NUMBER_MISMATCH',
  4011: 'FRAMES_MISSING_FOR_TRACK',
} as const;

export type PutMediaErrorId = keyof typeof codes;

/** What ends an upload; it is acknowledged, and then the connection is over. */
export class PutMediaError extends Error {
  override readonly name = 'PutMediaError';
  readonly id: PutMediaErrorId;
  /** The producer's time of the fragment that it is about. */
  readonly fragmentTime: number | undefined;

  constructor(id: PutMediaErrorId, message: string, fragmentTime?: number) {
    super(message);
    this.id = id;
    this.fragmentTime = fragmentTime;
  }

  /** The error's name. */
  get code(): string {
    return codes[this.id];
  }
}
