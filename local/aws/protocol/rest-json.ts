import type { LocalRequest, LocalResponse, Service } from '../service.ts';
import { AwsError } from './aws-error.ts';
import type { Constraints } from './constraints.ts';
import { readBindings, writeBindings } from './http-bindings.ts';
import { jsonError } from './json-answer.ts';
import { type Operations, operationNamed, operationSchemas } from './operations.ts';
import { matchRoute, routeOf } from './routes.ts';
import { checkConstraints } from './shapes.ts';

/** A service of the REST-JSON protocol. */
export interface RestJsonOptions<Client> {
  /** For people, in messages: `Kinesis Video`. */
  readonly name: string;
  /** What requests are signed for: `kinesisvideo`. */
  readonly signingName: string;
  /** The SDK client's module, for its schemas and routes. */
  readonly client: Client;
  readonly operations: Operations<Client>;
  readonly constraints?: Constraints;
}

/**
 * A service that is asked by method and path, as the SDK's own schemas say; path, query, headers, body and
 * status are bound by them too.
 */
export function restJsonService<Client extends object>(options: RestJsonOptions<Client>): Service {
  const { name, signingName, client, operations, constraints = {} } = options;
  const routes = [...operationSchemas(client).values()].map(routeOf);

  async function answer(request: LocalRequest): Promise<LocalResponse> {
    const found = matchRoute(routes, request);
    if (!found) throw new AwsError('UnknownOperationException', `${name} has no such operation.`, 404);
    const [, , operation, , inputSchema, outputSchema] = found.route.operation;
    const run = operationNamed(operations, name, operation);
    const input = readBindings(inputSchema, request, found.labels);
    checkConstraints(inputSchema, operation, input, constraints);
    return writeBindings(outputSchema, await run(input), found.route.status);
  }

  return {
    name,
    signingName,
    accepts: (request) =>
      request.headers['x-amz-target'] === undefined && matchRoute(routes, request) !== undefined,
    answer: (request) =>
      answer(request).catch((error: unknown) => {
        if (error instanceof AwsError) return jsonError(error, 'application/json');
        throw error;
      }),
  };
}
