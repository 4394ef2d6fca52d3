import type { LocalRequest, LocalResponse, RequestHead, Service } from '../service.ts';
import { AwsError } from './aws-error.ts';
import type { Constraints } from './constraints.ts';
import { awsJson, jsonError } from './json-answer.ts';
import { type Operations, operationNamed, operationSchemas } from './operations.ts';
import { checkConstraints, decode, encode, parseJson } from './shapes.ts';

/** A service of the AWS JSON 1.1 protocol. */
export interface JsonRpcOptions<Client> {
  /** For people, in messages: `Rekognition`. */
  readonly name: string;
  /** What requests are signed for: `rekognition`. */
  readonly signingName: string;
  /** The part of `X-Amz-Target` before the dot: `RekognitionService`. */
  readonly prefix: string;
  /** The SDK client's module, for its schemas: `import * as rekognition from '@aws-sdk/client-rekognition'`. */
  readonly client: Client;
  readonly operations: Operations<Client>;
  readonly constraints?: Constraints;
}

/**
 * A service that is asked by `X-Amz-Target: <prefix>.<operation>`. Requests are decoded and checked by the
 * SDK's own schemas before an operation sees them.
 */
export function jsonRpcService<Client extends object>(options: JsonRpcOptions<Client>): Service {
  const { name, signingName, prefix, client, operations, constraints = {} } = options;
  const schemas = operationSchemas(client);

  async function answer(request: LocalRequest): Promise<LocalResponse> {
    const operation = target(request).slice(prefix.length + 1);
    const schema = schemas.get(operation);
    if (!schema) throw new AwsError('UnknownOperationException', `${name} has no operation '${operation}'.`);
    const run = operationNamed(operations, name, operation);
    const input = decode(schema[4], parseJson(request.body));
    checkConstraints(schema[4], operation, input, constraints);
    const body = encode(schema[5], await run(input));
    return { status: 200, headers: { 'content-type': awsJson }, body };
  }

  return {
    name,
    signingName,
    accepts: (request) => target(request).startsWith(`${prefix}.`),
    answer: (request) => answer(request).catch(answerAwsError),
  };
}

function target(request: RequestHead): string {
  return String(request.headers['x-amz-target'] ?? '');
}

function answerAwsError(error: unknown): LocalResponse {
  if (error instanceof AwsError) return jsonError(error);
  throw error;
}
