import { EventEmitter } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { OpenOptions } from '../../disk/damage.ts';
import { AwsError } from '../protocol/aws-error.ts';
import type { LocalRequest, LocalResponse } from '../service.ts';
import { dynaliteWith, type Level } from './level.ts';
import { Rows } from './rows.ts';

/** dynalite, with its rows kept in a folder. While they cannot be written, as on a full disk, reads go on. */
export class Database {
  /** Never listens: it is handed each request. */
  readonly #server: Server;
  readonly #level: Level;
  readonly #rows: Rows;

  private constructor(server: Server, level: Level, rows: Rows) {
    this.#server = server;
    this.#level = level;
    this.#rows = rows;
  }

  /** @param folder the data folder @throws DamagedError */
  static async open(folder: string, options: OpenOptions = {}): Promise<Database> {
    const rows = await Rows.open(folder, options);
    const { server, level } = await dynaliteWith(rows);
    return new Database(server, level, rows);
  }

  /** @throws AwsError SerializationException for a request over which dynalite stumbles */
  ask(request: LocalRequest): Promise<LocalResponse> {
    return answerOf(this.#server, request);
  }

  /** Nothing that was removed is left on the disk. */
  compact(): void {
    this.#rows.compact();
  }

  /** Closes the files. No request may be under way. */
  async close(): Promise<void> {
    await this.#level.close();
    this.#rows.close();
  }
}

/**
 * Hands a request to dynalite's handler, as its server would.
 * @throws AwsError SerializationException for a request over which dynalite stumbles: a null where it expects more
 */
export async function answerOf(
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
