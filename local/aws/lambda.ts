import * as lambda from '@aws-sdk/client-lambda';
import type { LambdaFunctions } from '../lambda/functions.ts';
import type { AsyncInvocations } from '../lambda/invoke.ts';
import { AwsError } from './protocol/aws-error.ts';
import { restJsonService } from './protocol/rest-json.ts';
import type { Service } from './service.ts';

/** Limits of "Invoke" in the Lambda API reference. */
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;
const MAX_EVENT_BYTES = 256 * 1024;

/** Lambda's Invoke over the functions of this machine: with an answer, or as an event to be seen through later. */
export function lambdaService(functions: LambdaFunctions, events: AsyncInvocations): Service {
  return restJsonService<typeof lambda>({
    name: 'Lambda',
    client: lambda,
    operations: {
      Invoke: async ({ FunctionName = '', InvocationType = 'RequestResponse', Payload }) => {
        const name = functionName(FunctionName);
        if (!functions.has(name)) {
          throw new AwsError('ResourceNotFoundException', `Function not found: ${FunctionName}`, 404);
        }
        const payload = readPayload(
          Payload,
          InvocationType === 'Event' ? MAX_EVENT_BYTES : MAX_PAYLOAD_BYTES,
        );
        switch (InvocationType) {
          case 'DryRun':
            return { StatusCode: 204 };
          case 'Event':
            await events.accept(name, payload);
            return { StatusCode: 202 };
          case 'RequestResponse': {
            const result = await functions.invoke(name, payload);
            return {
              StatusCode: 200,
              ExecutedVersion: '$LATEST',
              FunctionError: result.functionError,
              Payload: Buffer.from(result.payload),
            };
          }
          default:
            throw new AwsError(
              'InvalidParameterValueException',
              `InvocationType '${InvocationType}' is unknown.`,
            );
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
