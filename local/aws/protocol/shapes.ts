import { JsonShapeDeserializer2, JsonShapeSerializer2 } from '@smithy/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from './aws-error.ts';
import { type Constraints, isMissing, refuseIfAny, violations } from './constraints.ts';
import type { SchemaRef } from './operations.ts';

const epochSeconds = 7;
type Schema = Parameters<JsonShapeSerializer2['write']>[0];
const settings = { timestampFormat: { useTrait: true, default: epochSeconds }, jsonName: true } as const;

/** A JSON body as it came in. An empty body is an empty structure. @throws AwsError SerializationException */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new AwsError('SerializationException', 'The request body is not JSON.', 400, { cause });
  }
}

/**
 * JSON into what the SDK's types say: blobs become bytes, timestamps dates; members that the schema does not
 * know are dropped, as AWS does.
 * @throws AwsError SerializationException for a wrong type, ValidationException for a missing member
 */
export function decode(schema: SchemaRef, json: unknown): unknown {
  const missing: string[] = [];
  checkShape(NormalizedSchema.of(schema), json, '', missing);
  refuseIfAny(missing);
  return new JsonShapeDeserializer2(settings).readObject(schema as Schema, json as never);
}

/** An operation's output as JSON. */
export function encode(schema: SchemaRef, output: unknown): string {
  const serializer = new JsonShapeSerializer2(settings);
  serializer.write(schema as Schema, output ?? {});
  // Decoded here: given to Buffer.from, the SDK's own kind of bytes would warn that it is taken for a string.
  return new TextDecoder().decode(serializer.flush()) || '{}';
}

/** Holds a decoded input against the service's constraints. @throws AwsError ValidationException */
export function checkConstraints(
  schema: SchemaRef,
  operation: string,
  input: unknown,
  constraints: Constraints,
): void {
  const problems: string[] = [];
  const walk = (ns: NormalizedSchema, value: unknown, parent: string, path: string) => {
    if (value == null) return;
    if (ns.isListSchema() && Array.isArray(value)) {
      value.forEach((member, index) => {
        walk(ns.getValueSchema(), member, parent, `${path}.${index + 1}.member`);
      });
    }
    if (!ns.isStructSchema()) return;
    for (const [name, member] of ns.structIterator()) {
      const given = (value as Record<string, unknown>)[name];
      const constraint = constraints[`${parent}.${name}`] ?? constraints[name];
      if (constraint) problems.push(...violations(constraint, given, join(path, name)));
      walk(member, given, name, join(path, name));
    }
  };
  walk(NormalizedSchema.of(schema), input, operation, '');
  refuseIfAny(problems);
}

/** Wrong types throw at once; missing required members are collected, and told together. */
function checkShape(ns: NormalizedSchema, value: unknown, path: string, missing: string[]): void {
  if (ns.isStructSchema()) {
    demand(isRecord(value), value, path, 'a structure');
    for (const name of requiredMembers(ns)) {
      if (value[name] == null) missing.push(isMissing(join(path, name)));
    }
    for (const [name, member] of ns.structIterator()) {
      if (value[name] != null) checkShape(member, value[name], join(path, name), missing);
    }
  } else if (ns.isListSchema()) {
    demand(Array.isArray(value), value, path, 'a list');
    value.forEach((member: unknown, index) => {
      checkShape(ns.getValueSchema(), member, `${path}.${index + 1}.member`, missing);
    });
  } else if (ns.isMapSchema()) {
    demand(isRecord(value), value, path, 'a map');
    for (const [key, member] of Object.entries(value)) {
      checkShape(ns.getValueSchema(), member, join(path, key), missing);
    }
  } else if (ns.isBlobSchema()) {
    demand(typeof value === 'string' && isBase64(value), value, path, 'base64');
  } else if (ns.isTimestampSchema() || ns.isNumericSchema()) {
    demand(Number.isFinite(value), value, path, 'a number');
  } else if (ns.isBooleanSchema()) {
    demand(typeof value === 'boolean', value, path, 'a boolean');
  } else if (ns.isStringSchema()) {
    demand(typeof value === 'string', value, path, 'a string');
  }
}

function demand(good: boolean, value: unknown, path: string, kind: string): asserts good {
  if (good) return;
  const got = Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value;
  throw new AwsError('SerializationException', `'${path || 'the request'}' must be ${kind}, not ${got}.`);
}

/** Whether a value is what JSON calls an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A static structure schema lists its members at 4 and says at 6 how many of the leading ones are required. */
function requiredMembers(ns: NormalizedSchema): readonly string[] {
  const schema: unknown = ns.getSchema();
  if (!Array.isArray(schema)) return [];
  return (schema[4] as string[]).slice(0, (schema[6] as number | undefined) ?? 0);
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

/** AWS names members in messages with a small first letter. */
function join(path: string, name: string): string {
  const small = name.charAt(0).toLowerCase() + name.slice(1);
  return path ? `${path}.${small}` : small;
}
