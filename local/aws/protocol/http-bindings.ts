import { NormalizedSchema } from '@smithy/core/schema';
import type { LocalRequest, LocalResponse } from '../service.ts';
import { AwsError } from './aws-error.ts';
import type { SchemaRef } from './operations.ts';
import { decode, encode, isRecord, parseJson } from './shapes.ts';

/**
 * A REST-JSON request as its operation's input: each member from where its schema says it travels, all
 * members without such a place from the JSON body.
 * @throws AwsError as `decode` does
 */
export function readBindings(
  schema: SchemaRef,
  request: LocalRequest,
  labels: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const ns = NormalizedSchema.of(schema);
  const json: Record<string, unknown> = {};
  let payload: [string, Buffer] | undefined;
  let bodyIsJson = true;
  for (const [name, member] of ns.structIterator()) {
    const traits = member.getMergedTraits();
    let text: string | null | undefined;
    if (traits.httpLabel) text = labels[name];
    else if (traits.httpQuery) text = request.url.searchParams.get(traits.httpQuery);
    else if (traits.httpHeader) text = request.headers[traits.httpHeader.toLowerCase()]?.toString();
    else if (traits.httpPayload) {
      bodyIsJson = false;
      if (member.isBlobSchema()) payload = [name, request.body];
      else json[name] = parseJson(request.body);
    }
    if (text != null) json[name] = fromText(member, text);
  }
  const body = bodyIsJson ? parseJson(request.body) : {};
  if (!isRecord(body)) throw new AwsError('SerializationException', 'The request must be a structure.');
  const input = decode(schema, { ...body, ...json }) as Record<string, unknown>;
  if (payload) input[payload[0]] = payload[1];
  return input;
}

/** An operation's output as a REST-JSON answer: status, headers and body as its schema binds them. */
export function writeBindings(schema: SchemaRef, output: unknown, status: number): LocalResponse {
  const ns = NormalizedSchema.of(schema);
  const headers: Record<string, string> = {};
  const rest: Record<string, unknown> = { ...(isRecord(output) ? output : {}) };
  let payload: Buffer | string | undefined;
  let code = status;
  if (!ns.isStructSchema()) return { status, headers, body: '' };
  for (const [name, member] of ns.structIterator()) {
    const traits = member.getMergedTraits();
    const value = rest[name];
    const bound = traits.httpHeader || traits.httpResponseCode || traits.httpPayload;
    if (bound) delete rest[name];
    if (traits.httpPayload) payload = '';
    if (value == null) continue;
    if (traits.httpHeader) headers[traits.httpHeader.toLowerCase()] = String(value);
    else if (traits.httpResponseCode) code = Number(value);
    else if (traits.httpPayload) payload = Buffer.from(value as Uint8Array);
  }
  headers['content-type'] = 'application/json';
  return { status: code, headers, body: payload ?? encode(schema, rest) };
}

/** What travels as text in a path, query or header, as JSON would have it. */
function fromText(member: NormalizedSchema, text: string): unknown {
  if (member.isNumericSchema()) return Number(text);
  if (member.isBooleanSchema()) return text === 'true';
  return text;
}
