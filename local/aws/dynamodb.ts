import { setImmediate as nextTurn } from 'node:timers/promises';
import { mirrored, type OpenOptions } from '../disk/damage.ts';
import { Database } from './dynalite/database.ts';
import { type Ask, removeExpiredItems } from './dynalite/expired-items.ts';
import { AwsError } from './protocol/aws-error.ts';
import { jsonError } from './protocol/json-answer.ts';
import { isRecord, parseJson } from './protocol/shapes.ts';
import type { LocalRequest, LocalResponse, Service } from './service.ts';
import { StateFile } from './state-file.ts';

const target = 'DynamoDB_20120810.';
const awsJson10 = 'application/x-amz-json-1.0';
const hour = 60 * 60 * 1000;
/** After whatever a start has to do, milliseconds. */
const soon = 60_000;
/** dynalite wants a request of its own to be signed in form, and checks no signature. */
const ownHeaders = {
  'content-type': awsJson10,
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=own/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

/** DynamoDB on this machine, as it runs. */
export interface LocalDynamoDb {
  readonly service: Service;
  /**
   * Removes what has expired, of all tables that have a time to live. It is done by itself soon after the start and then
   * every hour.
   *
   * @param now milliseconds since 1970
   * @returns how many items there were
   */
  removeExpired(now?: number): Promise<number>;
  /**
   * Writes the tables anew: what was removed or changed is on the disk no more. It is done by itself whenever what has
   * expired is removed.
   */
  compact(): void;
  /** Closes the database. No request may be under way. */
  close(): Promise<void>;
}

interface UpdateTimeToLive {
  readonly TimeToLiveSpecification?: { readonly AttributeName?: unknown; readonly Enabled?: unknown };
}

/** Which attribute says when a table's items expire. */
type TimeToLive = Record<string, { readonly AttributeName: string; readonly Enabled: boolean }>;

/**
 * DynamoDB by dynalite, on disk under `<folder>/dynamodb`. Transactions are not available. A table's time to live
 * can be set and read, and items that have expired are removed within the hour, where DynamoDB takes days.
 *
 * @throws DamagedError
 */
export async function openDynamoDb(folder: string, options: OpenOptions = {}): Promise<LocalDynamoDb> {
  const database = await Database.open(folder, options);
  const timeToLiveFile = new StateFile<TimeToLive>(
    mirrored(folder, 'dynamodb-time-to-live.json'),
    (): TimeToLive => timeToLive,
    { ...options, anew: true, lost: 'which attribute says when items expire' },
  );
  const timeToLive: TimeToLive = timeToLiveFile.read() ?? {};

  async function answer(given: LocalRequest): Promise<LocalResponse> {
    // dynalite says what DynamoDB says to those.
    if (given.method !== 'POST') return await database.ask(given);
    const request = { ...given, body: withoutNulls(given.body) };
    const operation = String(request.headers['x-amz-target']).slice(target.length);
    if (operation === 'UpdateTimeToLive' || operation === 'DescribeTimeToLive') {
      const table = await existingTable(database, request);
      return 'refused' in table ? table.refused : await answerTimeToLive(operation, table.name, request);
    }
    const answered = await database.ask(request);
    if (operation === 'CreateTable' && answered.status === 200) await untilActive(database, request);
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

  const ask: Ask = (operation, input) =>
    database.ask({
      method: 'POST',
      target: '/',
      url: new URL('http://127.0.0.1/'),
      headers: { 'x-amz-target': `${target}${operation}`, ...ownHeaders },
      body: Buffer.from(JSON.stringify(input)),
    });

  let removing: Promise<unknown> = Promise.resolve();
  function removeExpired(now = Date.now()): Promise<number> {
    const tables = Object.entries(timeToLive).filter(([, { Enabled }]) => Enabled);
    const removed = Promise.all(
      tables.map(([table, { AttributeName }]) => removeExpiredItems(ask, table, AttributeName, now)),
    ).then((counts) => counts.reduce((sum, count) => sum + count, 0));
    // A full disk, say: the next hour does it.
    removing = removed.catch(() => {});
    return removed;
  }
  const byItself = () =>
    void removeExpired()
      .then(() => database.compact())
      .catch(() => {});
  const timers = [setTimeout(byItself, soon), setInterval(byItself, hour)];
  for (const timer of timers) timer.unref();

  return {
    removeExpired,
    compact: () => database.compact(),
    service: {
      name: 'DynamoDB',
      signingName: 'dynamodb',
      accepts: ({ headers }) => String(headers['x-amz-target'] ?? '').startsWith(target),
      answer,
      refuse: (error) => jsonError(error, awsJson10),
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      await removing;
      await database.close();
    },
  };
}

/**
 * A request without the members that are null, which DynamoDB takes for missing; dynalite stumbles over those deep
 * in a value, while it holds an item's lock.
 * @throws AwsError SerializationException for a body that is no structure, or a null in a list
 */
function withoutNulls(body: Buffer): Buffer {
  const clean = (value: unknown): unknown => {
    if (value === null) throw new AwsError('SerializationException', 'A list holds a null.');
    if (Array.isArray(value)) return value.map(clean);
    if (!isRecord(value)) return value;
    const members = Object.entries(value).filter(([, member]) => member !== null);
    return Object.fromEntries(members.map(([name, member]) => [name, clean(member)]));
  };
  const input = parseJson(body);
  if (!isRecord(input)) throw new AwsError('SerializationException', 'The request must be a structure.');
  return Buffer.from(JSON.stringify(clean(input)));
}

/** dynalite makes a table active a moment after it answers. Waited for, so that the first item can follow at once. */
async function untilActive(database: Database, request: LocalRequest): Promise<void> {
  for (;;) {
    const { body } = await describeTable(database, request);
    if (JSON.parse(String(body)).Table?.TableStatus !== 'CREATING') return;
    await nextTurn();
  }
}

/** The table that a request is about, or dynalite's refusal if there is none. */
async function existingTable(
  database: Database,
  request: LocalRequest,
): Promise<{ readonly name: string } | { readonly refused: LocalResponse }> {
  const described = await describeTable(database, request);
  if (described.status !== 200) return { refused: described };
  return { name: JSON.parse(String(described.body)).Table.TableName };
}

/** What dynalite says of the table that a request is about. */
async function describeTable(database: Database, request: LocalRequest): Promise<LocalResponse> {
  const { TableName } = parseJson(request.body) as { TableName?: unknown };
  const headers = { ...request.headers, 'x-amz-target': `${target}DescribeTable` };
  return await database.ask({ ...request, headers, body: Buffer.from(JSON.stringify({ TableName })) });
}

function json(content: object): LocalResponse {
  return { status: 200, headers: { 'content-type': awsJson10 }, body: JSON.stringify(content) };
}
