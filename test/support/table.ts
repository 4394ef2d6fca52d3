import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynalite } from '../../local/aws/dynalite/level.ts';
import { tableDefinition } from '../../local/deployment/table-definition.ts';
import { Table } from '../../party/stores/table.ts';
import { eventually } from './eventually.ts';

/** A table in memory, and what another one like it is made of. */
export interface OpenTable {
  readonly table: Table;
  readonly documents: DynamoDBDocumentClient;
  readonly name: string;
  close(): Promise<void>;
}

/** A table of its own, in memory, behind the real client. */
export async function openTable(): Promise<OpenTable> {
  const name = 'party';
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await client.send(new CreateTableCommand({ TableName: name, ...tableDefinition }));
  // One that is still being created is not found (DynamoDB, CreateTable).
  const describe = new DescribeTableCommand({ TableName: name });
  await eventually('the table is there', async () => {
    const { Table: made } = await client.send(describe);
    return made?.TableStatus === 'ACTIVE';
  });
  const documents = DynamoDBDocumentClient.from(client);
  return {
    table: new Table(documents, name),
    documents,
    name,
    async close() {
      client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
