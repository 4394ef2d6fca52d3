import { mirrored, type OpenOptions } from '../../disk/damage.ts';
import { arn } from '../arn.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { StateFile } from '../state-file.ts';
import { ProcessorFailure, type StreamProcessor } from './stream-processor.ts';

/** What a client asks a new processor to be. */
export type NewStreamProcessor = Pick<
  StreamProcessor,
  'name' | 'roleArn' | 'videoStreamArn' | 'dataStreamArn' | 'collectionId' | 'threshold' | 'dataSharing'
>;

/**
 * A processor's work. Calls `running` when everything it needs is there, and then searches faces until the
 * signal says stop. Throws ProcessorFailure when it cannot go on.
 */
export type ProcessorWork = (
  processor: StreamProcessor,
  signal: AbortSignal,
  running: () => void,
) => Promise<void>;

interface Run {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** Statuses in which a processor works; they last through a restart of the program. */
const atWork: readonly string[] = ['STARTING', 'RUNNING'];
/** Statuses from which it can be started or deleted. */
const atRest: readonly string[] = ['STOPPED', 'FAILED'];

/** The stream processors of this machine, kept in `<folder>/rekognition/stream-processors.json`. */
export class StreamProcessors {
  readonly #file: StateFile<readonly StreamProcessor[]>;
  readonly #work: ProcessorWork;
  readonly #log: (line: string) => void;
  readonly #processors = new Map<string, StreamProcessor>();
  readonly #runs = new Map<string, Run>();
  #closing = false;

  /** Reads what was kept, and goes on with the processors that were at work. */
  constructor(folder: string, work: ProcessorWork, log: (line: string) => void, options: OpenOptions = {}) {
    const place = mirrored(folder, 'rekognition', 'stream-processors.json');
    this.#file = new StateFile(place, () => this.all(), {
      ...options,
      anew: true,
      lost: 'which stream processors there were; if a party is on, say /end_party and /start_party',
    });
    this.#work = work;
    this.#log = log;
    for (const processor of this.#file.read() ?? []) {
      this.#processors.set(processor.name, processor);
      if (processor.status === 'STOPPING') this.#set(processor.name, 'STOPPED');
      if (atWork.includes(processor.status)) this.#run(this.#set(processor.name, 'STARTING'));
    }
  }

  /** All processors by name. */
  all(): StreamProcessor[] {
    return [...this.#processors.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @throws AwsError ResourceNotFoundException */
  get(name: string): StreamProcessor {
    const processor = this.#processors.get(name);
    if (processor) return processor;
    throw new AwsError('ResourceNotFoundException', `The stream processor ${name} does not exist.`);
  }

  /** Makes a processor, stopped. @throws AwsError ResourceInUseException for a name or stream that another has */
  async create(options: NewStreamProcessor): Promise<StreamProcessor> {
    for (const other of this.all()) {
      const taken =
        (other.name === options.name && `The name ${options.name}`) ||
        (other.videoStreamArn === options.videoStreamArn && 'The video stream') ||
        (other.dataStreamArn === options.dataStreamArn && 'The data stream');
      if (taken) throw inUse(`${taken} belongs to the stream processor ${other.name}.`);
    }
    const now = Date.now();
    const resource = arn('rekognition', `streamprocessor/${options.name}`);
    const processor: StreamProcessor = {
      ...options,
      arn: resource,
      created: now,
      updated: now,
      status: 'STOPPED',
    };
    this.#processors.set(processor.name, processor);
    await this.#file.save().catch((error: unknown) => {
      this.#processors.delete(processor.name);
      throw error;
    });
    return processor;
  }

  /** @throws AwsError ResourceNotFoundException, ResourceInUseException if it is not at rest */
  async start(name: string): Promise<void> {
    const processor = this.get(name);
    if (!atRest.includes(processor.status))
      throw inUse(`The stream processor ${name} is ${processor.status}.`);
    this.#run(this.#set(name, 'STARTING'));
    await this.#file.save();
  }

  /** @throws AwsError ResourceNotFoundException, ResourceInUseException if it is not at work */
  async stop(name: string): Promise<void> {
    const processor = this.get(name);
    if (!atWork.includes(processor.status))
      throw inUse(`The stream processor ${name} is ${processor.status}.`);
    this.#set(name, 'STOPPING');
    this.#runs.get(name)?.controller.abort();
    await this.#file.save();
  }

  /** @throws AwsError ResourceNotFoundException, ResourceInUseException if it is not at rest */
  async delete(name: string): Promise<void> {
    const processor = this.get(name);
    if (!atRest.includes(processor.status))
      throw inUse(`The stream processor ${name} is ${processor.status}.`);
    this.#processors.delete(name);
    await this.#file.save();
  }

  /** Ends all work. Processors that are at work stay so on disk, and go on when the program comes back. */
  async close(): Promise<void> {
    this.#closing = true;
    const runs = [...this.#runs.values()];
    for (const { controller } of runs) controller.abort();
    await Promise.all(runs.map(({ done }) => done));
    await this.#file.save();
  }

  #run(processor: StreamProcessor): void {
    const { name } = processor;
    const controller = new AbortController();
    const running = () => {
      if (this.#closing || this.get(name).status !== 'STARTING') return;
      this.#set(name, 'RUNNING');
      this.#keep();
    };
    const done = Promise.resolve()
      .then(() => this.#work(processor, controller.signal, running))
      .then(() => this.#end(name, 'STOPPED'))
      .catch((error: unknown) => {
        if (controller.signal.aborted) return this.#end(name, 'STOPPED');
        if (!(error instanceof ProcessorFailure)) this.#log(`Stream processor ${name}: ${describe(error)}`);
        this.#end(name, 'FAILED', error instanceof Error ? error.message : String(error));
      });
    this.#runs.set(name, { controller, done });
  }

  #end(name: string, status: 'STOPPED' | 'FAILED', message?: string): void {
    this.#runs.delete(name);
    if (this.#closing) return;
    this.#set(name, status, message);
    this.#keep();
  }

  #set(name: string, status: StreamProcessor['status'], message?: string): StreamProcessor {
    const { statusMessage: _old, ...processor } = this.get(name);
    const changed = { ...processor, status, updated: Date.now(), ...(message && { statusMessage: message }) };
    this.#processors.set(name, changed);
    return changed;
  }

  #keep(): void {
    this.#file
      .save()
      .catch((error: unknown) => this.#log(`Stream processors were not saved: ${describe(error)}`));
  }
}

function inUse(message: string): AwsError {
  return new AwsError('ResourceInUseException', message);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
