import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';

/** What came to the address of an event. */
export interface Answered {
  readonly method: string | undefined;
  readonly contentType: string | undefined;
  readonly answer: CloudFormationCustomResourceResponse;
}

/** CloudFormation, as a custom resource meets it: events with an address, and what is put there. */
export interface CloudFormation {
  /** The answers, in the order in which they came. */
  readonly answered: Answered[];
  /** The answers to this status are refused with it, one each, before any is taken. */
  readonly refusals: number[];
  /** An event of a stack with this resource. One that is made once and sent twice is one that came twice. */
  event(
    type: 'Create' | 'Update' | 'Delete',
    properties: Readonly<Record<string, string>>,
    more?: { readonly id?: string; readonly old?: Readonly<Record<string, string>> },
  ): CloudFormationCustomResourceEvent;
}

/** Opens a server for answers that ends with the test. */
export async function openCloudFormation(t: TestContext): Promise<CloudFormation> {
  const answered: Answered[] = [];
  const refusals: number[] = [];
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    const refusal = refusals.shift();
    if (refusal === undefined) {
      const { method, headers } = request;
      answered.push({ method, contentType: headers['content-type'], answer: JSON.parse(body) });
    }
    response.writeHead(refusal ?? 200, { connection: 'close' }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  const { port } = server.address() as AddressInfo;
  const ServiceToken = 'arn:aws:lambda:us-east-1:000000000000:function:setup';
  return {
    answered,
    refusals,
    event(RequestType, properties, { id = '', old = properties } = {}) {
      return {
        RequestType,
        ServiceToken,
        ResponseURL: `http://127.0.0.1:${port}/answers/${randomUUID()}?X-Amz-Signature=a-secret-of-its-own`,
        StackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/MusicalJoy/5e1f',
        RequestId: randomUUID(),
        LogicalResourceId: 'Setup',
        ResourceType: 'Custom::MusicalJoySetup',
        ResourceProperties: { ServiceToken, ...properties },
        ...(RequestType !== 'Create' && { PhysicalResourceId: id }),
        ...(RequestType === 'Update' && { OldResourceProperties: { ServiceToken, ...old } }),
      } as CloudFormationCustomResourceEvent;
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
