import type { LocalResponse } from '../service.ts';

/** An operation of DynamoDB's, with its input and its output in DynamoDB's own JSON. */
export type Ask = (operation: string, input: object) => Promise<LocalResponse>;

type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Removes a table's items whose time to live is over, as DynamoDB does within some days: those whose attribute is a
 * number of seconds since 1970 that have passed. An item that is written anew meanwhile stays.
 *
 * @param now milliseconds since 1970
 * @returns how many there were; none when the table is gone
 */
export async function removeExpiredItems(
  ask: Ask,
  table: string,
  attribute: string,
  now: number,
): Promise<number> {
  const described = await answerOf(ask('DescribeTable', { TableName: table }));
  const keySchema = (described?.Table as { KeySchema?: Array<{ AttributeName: string }> })?.KeySchema ?? [];
  const names = { '#expires': attribute };
  let removed = 0;
  let from: unknown;
  do {
    const page = await answerOf(
      ask('Scan', {
        TableName: table,
        FilterExpression: '#expires < :now',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ':now': { N: String(Math.floor(now / 1000)) } },
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    for (const item of (page?.Items ?? []) as Item[]) {
      const deleted = await answerOf(
        ask('DeleteItem', {
          TableName: table,
          Key: Object.fromEntries(keySchema.map(({ AttributeName: name }) => [name, item[name]])),
          ConditionExpression: '#expires = :expires',
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: { ':expires': item[attribute] },
        }),
      );
      if (deleted) removed += 1;
    }
    from = page?.LastEvaluatedKey;
  } while (from);
  return removed;
}

/** An operation's output; undefined when it was refused. */
async function answerOf(asking: Promise<LocalResponse>): Promise<Record<string, unknown> | undefined> {
  const { status, body } = await asking;
  return status === 200 ? JSON.parse(String(body)) : undefined;
}
