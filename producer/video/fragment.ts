import { clusterHead, type VideoTrack } from './matroska.ts';

/**
 * How far a fragment is: `waiting` to be sent, `sent` over the connection that there is (in full or in part), or
 * `received` by the service, which has still to say that it keeps it.
 */
export type FragmentState = 'waiting' | 'sent' | 'received';

/** Some seconds of video, from a key frame on, while they come and until the service keeps them. */
export class Fragment {
  readonly track: VideoTrack;
  /** Of its first picture, milliseconds since 1970: its name in acknowledgements. */
  readonly time: number;
  /** When it began by a clock that nobody sets, milliseconds. */
  readonly since: number;
  state: FragmentState = 'waiting';
  /** Whether no more pictures come. */
  isWhole = false;
  /** Its Matroska, as far as it has come. */
  readonly chunks: Buffer[];
  #bytes: number;

  constructor(track: VideoTrack, time: number, since: number) {
    this.track = track;
    this.time = time;
    this.since = since;
    this.chunks = [clusterHead(time)];
    this.#bytes = this.chunks[0]!.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(block: Buffer): void {
    this.chunks.push(block);
    this.#bytes += block.length;
  }
}
