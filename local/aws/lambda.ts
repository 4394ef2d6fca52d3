import * as lambda from '@aws-sdk/client-lambda';
import { AwsError } from './protocol/aws-error.ts';
import type { Constraints } from './protocol/constraints.ts';
import { restJsonService } from './protocol/rest-json.ts';
import type { Service } from './service.ts';

/** Limits of "Invoke" in the Lambda API reference. */
const maxPayloadBytes = 6 * 1024 * 1024;
const maxEventBytes = 256 * 1024;

/** Lengths and patterns of Invoke in botocore's model of lambda, 2015-03-31. */
const constraints: Constraints = {
  FunctionName: {
    length: [1, 256],
    pattern:
      /(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?/,
  },
  InvocationType: { oneOf: Object.values(lambda.InvocationType) },
  LogType: { oneOf: Object.values(lambda.LogType) },
  Qualifier: { length: [1, 128], pattern: /\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+/ },
};

/** What runs the functions of this machine. A function is called by its name; payloads are JSON. */
export interface LambdaInvoker {
  has(functionName: string): boolean;
  /** Runs a function and waits for its answer, or for the error that it ended with. */
  invoke(
    functionName: string,
    payload: string,
  ): Promise<{ readonly payload: string; readonly functionError?: string }>;
  /** Takes an event that is invoked later, and again if that fails; settles once it is safe. */
  accept(functionName: string, payload: string): Promise<unknown>;
}

/** Lambda's Invoke over the functions of this machine: with an answer, or as an event to be seen through later. */
export function lambdaService(functions: LambdaInvoker): Service {
  return restJsonService<typeof lambda>({
    name: 'Lambda',
    signingName: 'lambda',
    client: lambda,
    constraints,
    operations: {
      Invoke: async ({ FunctionName = '', InvocationType = 'RequestResponse', Payload }) => {
        const name = functionName(FunctionName);
        if (!functions.has(name)) {
          throw new AwsError('ResourceNotFoundException', `Function not found: ${FunctionName}`, 404);
        }
        const payload = readPayload(Payload, InvocationType === 'Event' ? maxEventBytes : maxPayloadBytes);
        switch (InvocationType) {
          case 'DryRun':
            return { StatusCode: 204 };
          case 'Event':
            await functions.accept(name, payload);
            return { StatusCode: 202 };
          default: {
            const result = await functions.invoke(name, payload);
            return {
              StatusCode: 200,
              ExecutedVersion: '$LATEST',
              FunctionError: result.functionError,
              Payload: Buffer.from(result.payload),
            };
          }
        }
      },
    },
  });
}

/** A name as it is, with a version or alias after it, or within an ARN whole or in part. */
function functionName(reference: string): string {
  const [name = ''] = reference.replace(/^(arn:[^:]+:lambda:[^:]+:)?(\d{12}:)?function:/, '').split(':');
  return name;
}

function readPayload(payload: Uint8Array | undefined, limit: number): string {
  if (!payload || payload.length === 0) return '{}';
  if (payload.length > limit) {
    const message = `${payload.length} byte payload is too large for this invocation type (limit ${limit} bytes)`;
    throw new AwsError('RequestTooLargeException', message, 413);
  }
  const text = Buffer.from(payload).toString('utf8');
  try {
    JSON.parse(text);
    return text;
  } catch (cause) {
    const message = 'Could not parse request body into json.';
    throw new AwsError('InvalidRequestContentException', message, 400, { cause });
  }
}
