import { mkdirSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import dynalite from 'dynalite';
import { AwsError } from './protocol/aws-error.ts';
import { jsonError } from './protocol/json-answer.ts';
import { parseJson } from './protocol/shapes.ts';
import type { LocalRequest, LocalResponse, Service } from './service.ts';
import { StateFile } from './state-file.ts';

const TARGET = 'DynamoDB_20120810.';
const AWS_JSON_1_0 = 'application/x-amz-json-1.0';

/** DynamoDB on this machine, as it runs. */
export interface LocalDynamoDb {
  readonly service: Service;
  /** Closes the database. No request may be under way. */
  close(): Promise<void>;
}

interface UpdateTimeToLive {
  readonly TimeToLiveSpecification?: { readonly AttributeName?: unknown; readonly Enabled?: unknown };
}

/** Which attribute says when a table's items expire. */
type TimeToLive = Record<string, { readonly AttributeName: string; readonly Enabled: boolean }>;

/**
 * DynamoDB by dynalite, on disk under `<folder>/dynamodb`. Its requests are handed to dynalite's handler, which
 * never listens on a port. Transactions are not available. A table's time to live can be set and read, and
 * items that have expired stay: DynamoDB too promises only to remove them some day.
 */
export function openDynamoDb(folder: string): LocalDynamoDb {
  const path = join(folder, 'dynamodb');
  mkdirSync(path, { recursive: true });
  const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const timeToLiveFile = new StateFile<TimeToLive>(
    join(folder, 'dynamodb-time-to-live.json'),
    (): TimeToLive => timeToLive,
  );
  const timeToLive: TimeToLive = timeToLiveFile.read() ?? {};

  async function answer(request: LocalRequest): Promise<LocalResponse> {
    const operation = String(request.headers['x-amz-target']).slice(TARGET.length);
    if (operation === 'UpdateTimeToLive' || operation === 'DescribeTimeToLive') {
      const table = await existingTable(server, request);
      return 'refused' in table ? table.refused : await answerTimeToLive(operation, table.name, request);
    }
    const answered = await ask(server, request);
    if (operation === 'CreateTable' && answered.status === 200) await untilActive(server, request);
    return answered;
  }

  async function answerTimeToLive(
    operation: string,
    table: string,
    { body }: LocalRequest,
  ): Promise<LocalResponse> {
    if (operation === 'DescribeTimeToLive') {
      const { AttributeName, Enabled } = timeToLive[table] ?? { Enabled: false };
      const TimeToLiveDescription = Enabled
        ? { TimeToLiveStatus: 'ENABLED', AttributeName }
        : { TimeToLiveStatus: 'DISABLED' };
      return json({ TimeToLiveDescription });
    }
    const { TimeToLiveSpecification: wanted } = parseJson(body) as UpdateTimeToLive;
    if (typeof wanted?.AttributeName !== 'string' || typeof wanted.Enabled !== 'boolean') {
      throw new AwsError(
        'ValidationException',
        'TimeToLiveSpecification needs an AttributeName and Enabled.',
      );
    }
    if (wanted.Enabled === (timeToLive[table]?.Enabled ?? false)) {
      throw new AwsError(
        'ValidationException',
        `TimeToLive is already ${wanted.Enabled ? 'enabled' : 'disabled'}`,
      );
    }
    timeToLive[table] = { AttributeName: wanted.AttributeName, Enabled: wanted.Enabled };
    await timeToLiveFile.save();
    return json({ TimeToLiveSpecification: wanted });
  }

  return {
    service: {
      name: 'DynamoDB',
      signingName: 'dynamodb',
      accepts: ({ headers }) => String(headers['x-amz-target'] ?? '').startsWith(TARGET),
      answer,
      refuse: (error) => jsonError(error, AWS_JSON_1_0),
    },
    close: () => close(server),
  };
}

/** Hands a request to dynalite's handler, as its server would. */
async function ask(server: Server, { method, target, headers, body }: LocalRequest): Promise<LocalResponse> {
  return await new Promise((resolve) => {
    const answered: Record<string, string> = {};
    const request = Object.assign(Readable.from([body]), { method, url: target, headers });
    const response = {
      statusCode: 200,
      setHeader: (name: string, value: unknown) => {
        answered[name.toLowerCase()] = String(value);
      },
      end: (text = '') => resolve({ status: response.statusCode, headers: answered, body: text }),
    };
    server.emit('request', request as unknown as IncomingMessage, response as unknown as ServerResponse);
  });
}

/** dynalite makes a table active a moment after it answers. Waited for, so that the first item can follow at once. */
async function untilActive(server: Server, request: LocalRequest): Promise<void> {
  for (;;) {
    const { body } = await describeTable(server, request);
    if (JSON.parse(String(body)).Table?.TableStatus !== 'CREATING') return;
    await nextTurn();
  }
}

/** The table that a request is about, or dynalite's refusal if there is none. */
async function existingTable(
  server: Server,
  request: LocalRequest,
): Promise<{ readonly name: string } | { readonly refused: LocalResponse }> {
  const described = await describeTable(server, request);
  if (described.status !== 200) return { refused: described };
  return { name: JSON.parse(String(described.body)).Table.TableName };
}

/** What dynalite says of the table that a request is about. */
async function describeTable(server: Server, request: LocalRequest): Promise<LocalResponse> {
  const { TableName } = parseJson(request.body) as { TableName?: unknown };
  const headers = { ...request.headers, 'x-amz-target': `${TARGET}DescribeTable` };
  return await ask(server, { ...request, headers, body: Buffer.from(JSON.stringify({ TableName })) });
}

function json(content: object): LocalResponse {
  return { status: 200, headers: { 'content-type': AWS_JSON_1_0 }, body: JSON.stringify(content) };
}

/** dynalite closes its database only at the end of a server that was listening, so for that moment it listens. */
async function close(server: Server): Promise<void> {
  server.removeAllListeners('request');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
}
