import { EventEmitter } from 'node:events';
import { statfs } from 'node:fs/promises';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { AwsError } from '../protocol/aws-error.ts';
import { diskFull } from '../protocol/disk-full.ts';
import type { LocalRequest, LocalResponse } from '../service.ts';
import { dynalite, hasFailed, type Level, levelIn } from './level.ts';

/** Room for a start of LevelDB: it writes what its log holds, at most 4 MB, into a table, and then begins anew. */
const roomToOpen = 10 * 1024 * 1024;

const readings = /\.(GetItem|BatchGetItem|Query|Scan|DescribeTable|ListTables)$/;

interface Running {
  /** Never listens: it is handed each request. */
  readonly server: Server;
  readonly level: Level;
}

/**
 * dynalite on a folder. When its files cannot be written, as on a full disk, writes are refused until there is
 * room again; then it is opened anew, so that what it said to have written is written. Reads go on.
 */
export class Database {
  readonly #folder: string;
  readonly #asking = new Set<Promise<unknown>>();
  #running: Running | undefined;
  #mending: Promise<void> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.#running = this.#start();
  }

  /** @throws AwsError InsufficientStorage while the disk is full */
  async ask(request: LocalRequest): Promise<LocalResponse> {
    await this.#mending;
    const isReading = readings.test(String(request.headers['x-amz-target']));
    if (!this.#running || (hasFailed(this.#running.level) && !isReading)) await this.#mend();
    const { server, level } = this.#running!;
    await level.open();
    const answering = answerOf(server, request);
    this.#asking.add(answering);
    const answer = await answering.finally(() => this.#asking.delete(answering));
    if (answer.status === 500 && hasFailed(level) && !(await this.#hasRoom())) throw diskFull();
    return answer;
  }

  /** Closes the files. No request may be under way. */
  async close(): Promise<void> {
    await this.#mending?.catch(() => {});
    await this.#running?.level.close();
    this.#running = undefined;
  }

  #start(): Running {
    const server = dynalite({ path: this.#folder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    return { server, level: levelIn(this.#folder) };
  }

  /** Opens the files anew; one of all who need it does. */
  #mend(): Promise<void> {
    this.#mending ??= this.#reopen().finally(() => {
      this.#mending = undefined;
    });
    return this.#mending;
  }

  async #reopen(): Promise<void> {
    if (!(await this.#hasRoom())) throw diskFull();
    await Promise.allSettled(this.#asking);
    await this.#running?.level.close();
    this.#running = undefined;
    const fresh = this.#start();
    await fresh.level.open();
    this.#running = fresh;
  }

  async #hasRoom(): Promise<boolean> {
    const { bavail, bsize } = await statfs(this.#folder);
    return bavail * bsize >= roomToOpen;
  }
}

/**
 * Hands a request to dynalite's handler, as its server would.
 * @throws AwsError SerializationException for a request over which dynalite stumbles: a null where it expects more
 */
async function answerOf(
  server: Server,
  { method, target, headers, body }: LocalRequest,
): Promise<LocalResponse> {
  return await new Promise((resolve, reject) => {
    const answered: Record<string, string> = {};
    const request = Object.assign(new EventEmitter(), { method, url: target, headers });
    const response = {
      statusCode: 200,
      setHeader: (name: string, value: unknown) => {
        answered[name.toLowerCase()] = String(value);
      },
      end: (text = '') => resolve({ status: response.statusCode, headers: answered, body: text }),
    };
    server.emit('request', request as unknown as IncomingMessage, response as unknown as ServerResponse);
    try {
      // Here and not in a stream, out of which an error would end this whole program.
      request.emit('data', body);
      request.emit('end');
    } catch (cause) {
      const message = 'A member of the request is not what it must be.';
      reject(new AwsError('SerializationException', message, 400, { cause }));
    }
  });
}
