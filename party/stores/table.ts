import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandOutput,
  ScanCommand,
  type ScanCommandOutput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

/** An item's place in the table. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** What `:name` stands for in an expression, by name. */
export type Values = Readonly<Record<string, unknown>>;

/** BatchGetItem takes at most this many keys (DynamoDB API reference). */
const batchSize = 100;

/**
 * The one DynamoDB table. Single-item writes only: each is atomic by itself, and none depends on another.
 *
 * Expressions are DynamoDB's own, with two conveniences: `#name` always stands for the attribute `name`, so no
 * reserved word matters, and `:name` is looked up in the values. Reads are strongly consistent, for what is read
 * decides whether a guest has been announced.
 */
export class Table {
  readonly #client: DynamoDBDocumentClient;
  readonly #name: string;

  constructor(client: DynamoDBDocumentClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  /** The item, or undefined. */
  async get<Item>(key: Key): Promise<(Item & Key) | undefined> {
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.#name, Key: only(key), ConsistentRead: true }),
    );
    return Item as (Item & Key) | undefined;
  }

  /** Those of the items that exist, in no particular order. */
  async getMany<Item>(keys: readonly Key[]): Promise<Array<Item & Key>> {
    const found: Array<Item & Key> = [];
    for (let from = 0; from < keys.length; from += batchSize) {
      let wanted: Record<string, unknown>[] | undefined = keys.slice(from, from + batchSize).map(only);
      while (wanted && wanted.length > 0) {
        const answer: BatchGetCommandOutput = await this.#client.send(
          new BatchGetCommand({ RequestItems: { [this.#name]: { Keys: wanted, ConsistentRead: true } } }),
        );
        found.push(...((answer.Responses?.[this.#name] ?? []) as Array<Item & Key>));
        wanted = answer.UnprocessedKeys?.[this.#name]?.Keys;
      }
    }
    return found;
  }

  /** All items of a partition whose sort key begins with `prefix`, in the order of their sort keys. */
  async query<Item>(pk: string, prefix = ''): Promise<Array<Item & Key>> {
    const items: Array<Item & Key> = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page: QueryCommandOutput = await this.#client.send(
        new QueryCommand({
          TableName: this.#name,
          KeyConditionExpression: prefix ? 'pk = :pk AND begins_with(sk, :prefix)' : 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk, ...(prefix && { ':prefix': prefix }) },
          ConsistentRead: true,
          ...(from && { ExclusiveStartKey: from }),
        }),
      );
      items.push(...((page.Items ?? []) as Array<Item & Key>));
      from = page.LastEvaluatedKey;
    } while (from);
    return items;
  }

  /** Every item there is: only for what is rare, for all of it is read. */
  async scan(): Promise<Array<Key & Record<string, unknown>>> {
    const items: Array<Key & Record<string, unknown>> = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page: ScanCommandOutput = await this.#client.send(
        new ScanCommand({
          TableName: this.#name,
          ConsistentRead: true,
          ...(from && { ExclusiveStartKey: from }),
        }),
      );
      items.push(...((page.Items ?? []) as Array<Key & Record<string, unknown>>));
      from = page.LastEvaluatedKey;
    } while (from);
    return items;
  }

  /** The item of a partition whose sort key comes last. */
  async last<Item>(pk: string): Promise<(Item & Key) | undefined> {
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: 1,
      }),
    );
    return Items[0] as (Item & Key) | undefined;
  }

  /**
   * Writes the whole item.
   *
   * @returns false when the condition did not hold and nothing was written
   */
  async put(item: Key & Record<string, unknown>, condition?: string, values?: Values): Promise<boolean> {
    const written = await unlessRefused(
      this.#client.send(
        new PutCommand({ TableName: this.#name, Item: item, ...expressions(condition, undefined, values) }),
      ),
    );
    return written !== undefined;
  }

  /**
   * Writes the whole item in the place of whatever is there.
   *
   * @returns what was there
   */
  async replace<Item>(item: Key & Record<string, unknown>): Promise<(Item & Key) | undefined> {
    const { Attributes } = await this.#client.send(
      new PutCommand({ TableName: this.#name, Item: item, ReturnValues: 'ALL_OLD' }),
    );
    return Attributes as (Item & Key) | undefined;
  }

  /**
   * Changes an item, or makes it.
   *
   * @param change an update expression, such as `SET #name = :name ADD #count :one`
   * @returns the item as it is now, or undefined when the condition did not hold and nothing was written
   */
  async update<Item>(
    key: Key,
    change: string,
    values: Values,
    condition?: string,
  ): Promise<(Item & Key) | undefined> {
    const written = await unlessRefused(
      this.#client.send(
        new UpdateCommand({
          TableName: this.#name,
          Key: only(key),
          ReturnValues: 'ALL_NEW',
          ...expressions(condition, change, values),
        }),
      ),
    );
    return written?.Attributes as (Item & Key) | undefined;
  }

  /** @returns false when the condition did not hold and nothing was deleted */
  async delete(key: Key, condition?: string, values?: Values): Promise<boolean> {
    const written = await unlessRefused(
      this.#client.send(
        new DeleteCommand({
          TableName: this.#name,
          Key: only(key),
          ...expressions(condition, undefined, values),
        }),
      ),
    );
    return written !== undefined;
  }
}

/** A key without whatever else its object holds: DynamoDB takes no other members in a key. */
const only = ({ pk, sk }: Key): { pk: string; sk: string } => ({ pk, sk });

function expressions(condition: string | undefined, change: string | undefined, values: Values | undefined) {
  const names = [...`${condition ?? ''} ${change ?? ''}`.matchAll(/#(\w+)/g)].map(([sign, name]) => [
    sign,
    name,
  ]);
  return {
    ...(condition && { ConditionExpression: condition }),
    ...(change && { UpdateExpression: change }),
    ...(names.length > 0 && {
      ExpressionAttributeNames: Object.fromEntries(names) as Record<string, string>,
    }),
    ...(values &&
      Object.keys(values).length > 0 && {
        ExpressionAttributeValues: Object.fromEntries(Object.entries(values).map(([k, v]) => [`:${k}`, v])),
      }),
  };
}

async function unlessRefused<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
