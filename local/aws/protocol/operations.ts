import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from './aws-error.ts';

/** A schema, or a reference to one, as the SDK's clients export them. */
export type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];

/** An operation as the SDK's clients export it: 9, namespace, name, traits, input, output. */
export type OperationSchema = readonly [9, string, string, unknown, SchemaRef, SchemaRef];

/** Blob members are bytes on our side, whatever else the client's types also take or give for them. */
type Bytes<T> = {
  [M in keyof T]: Uint8Array extends NonNullable<T[M]>
    ? Uint8Array | Extract<T[M], undefined>
    : NonNullable<T[M]> extends Uint8Array
      ? Uint8Array | Extract<T[M], undefined>
      : T[M];
};

type Input<Command> = Command extends new (...args: never) => { readonly input: infer I } ? Bytes<I> : never;

type Output<Command> = Command extends new (
  ...args: never
) => { resolveMiddleware(...args: never): (...args: never) => Promise<{ output: infer O }> }
  ? Bytes<Omit<O, '$metadata'>>
  : never;

/**
 * Operations of a service, typed by the SDK's own client: `{ ListFaces: async (input) => output }`.
 * `Client` is `typeof import('@aws-sdk/client-…')`; TypeScript does not infer it, so it is always written out:
 * `jsonRpcService<typeof kinesis>({ … })`.
 */
export type Operations<Client> = {
  readonly [C in keyof Client as C extends `${infer Name}Command` ? Name : never]?: (
    input: Input<Client[C]>,
  ) => Promise<Output<Client[C]>>;
};

/** An operation without its types: what is left of them once a request has come in over the wire. */
export type UntypedOperation = (input: unknown) => Promise<unknown>;

/** The operations that a client's module has schemas for, by name. */
export function operationSchemas(client: object): ReadonlyMap<string, OperationSchema> {
  const operations = Object.values(client).filter(isOperation);
  return new Map(operations.map((operation) => [operation[2], operation]));
}

/**
 * The function that answers an operation.
 * @throws AwsError UnknownOperationException for an operation of the service that has no function here
 */
export function operationNamed(operations: object, service: string, name: string): UntypedOperation {
  const found = Object.hasOwn(operations, name)
    ? (operations as Record<string, UntypedOperation>)[name]
    : undefined;
  if (found) return found;
  throw new AwsError('UnknownOperationException', `${service} ${name} is not available on this machine.`);
}

function isOperation(value: unknown): value is OperationSchema {
  return Array.isArray(value) && value[0] === 9;
}
