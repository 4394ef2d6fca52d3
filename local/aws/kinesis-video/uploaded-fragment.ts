import type { UploadedTrack } from './matroska-reader.ts';

/** A picture of a fragment. */
export interface UploadedFrame {
  /** Milliseconds since 1970 by the producer's clock. */
  readonly time: number;
  readonly isKey: boolean;
  /** The number of its track. */
  readonly track: number;
  readonly data: Buffer;
}

/** A fragment: what is sent between two clusters, while it comes and when it is whole. */
export interface UploadedFragment {
  /** 47 digits, greater than those of all fragments before. */
  readonly number: string;
  /** When it began, milliseconds since 1970 by the producer's clock. */
  readonly producerTime: number;
  /** When its first byte was here, milliseconds since 1970. */
  readonly serverTime: number;
  readonly tracks: readonly UploadedTrack[];
  readonly frames: readonly UploadedFrame[];
}
