import { mirrored, type OpenOptions } from '../../disk/damage.ts';
import { arn } from '../arn.ts';
import { StateFile } from '../state-file.ts';

/** A video stream of this machine. */
export interface VideoStream {
  readonly name: string;
  readonly arn: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly retentionHours: number;
  readonly mediaType?: string | undefined;
  readonly deviceName?: string | undefined;
}

/** What a client asks a new stream to be. */
export type NewVideoStream = Omit<VideoStream, 'arn' | 'created'>;

/** The video streams of this machine, kept in `<folder>/kinesis-video/streams.json`. */
export class VideoStreams {
  readonly #file: StateFile<readonly VideoStream[]>;
  readonly #streams: Map<string, VideoStream>;

  /** Reads what was kept in the data folder. */
  constructor(folder: string, options: OpenOptions = {}) {
    this.#file = new StateFile(mirrored(folder, 'kinesis-video', 'streams.json'), () => this.all(), {
      ...options,
      anew: true,
      lost: 'which video streams there were; they hold nothing, and are made again',
    });
    this.#streams = new Map((this.#file.read() ?? []).map((stream) => [stream.name, stream]));
  }

  /** The stream that a client names by name or by ARN. */
  find(nameOrArn: string): VideoStream | undefined {
    return this.#streams.get(nameOrArn) ?? this.all().find((stream) => stream.arn === nameOrArn);
  }

  /** All streams by name. */
  all(): VideoStream[] {
    return [...this.#streams.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Makes a stream; like AWS, its ARN ends in the time of its creation. */
  async create(options: NewVideoStream): Promise<VideoStream> {
    const created = Date.now();
    const stream = { ...options, arn: arn('kinesisvideo', `stream/${options.name}/${created}`), created };
    this.#streams.set(stream.name, stream);
    await this.#file.save().catch((error: unknown) => {
      this.#streams.delete(stream.name);
      throw error;
    });
    return stream;
  }

  /** Removes a stream; its media is the camera's to forget. */
  async delete(name: string): Promise<void> {
    this.#streams.delete(name);
    await this.#file.save();
  }
}
