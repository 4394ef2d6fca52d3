import { readFileSync } from 'node:fs';
import * as lambda from '@aws-sdk/client-lambda';
import { AwsError } from '../../local/aws/protocol/aws-error.ts';
import { jsonError } from '../../local/aws/protocol/json-answer.ts';
import { operationSchemas } from '../../local/aws/protocol/operations.ts';
import { queryAnswer, queryError } from '../../local/aws/protocol/query-answer.ts';
import { matchRoute, routeOf } from '../../local/aws/protocol/routes.ts';
import type { LocalRequest, LocalResponse, Service } from '../../local/aws/service.ts';
import { signedFor } from '../../local/aws/signature.ts';
import type { XmlValue } from '../../local/aws/xml.ts';

/** One exchange of a recording: what is asked, and what is answered, both in the shapes of the service's API. */
interface Exchange {
  readonly operation: string;
  /** Members that the request must have; a text of it may be a part of theirs. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** The name of one of the recording's answers, or the answer. */
  readonly response?: string | Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: string; readonly message: string; readonly status?: number };
  /** In which state the exchange leaves this recording and others, by their names. */
  readonly then?: Readonly<Record<string, string>>;
}

/** A recording: how a service answers in each of the states that it can be in. */
interface Recording {
  readonly service: string;
  /** It answers only requests with these members: one of several of the same service. */
  readonly request?: Readonly<Record<string, unknown>>;
  readonly start: string;
  readonly answers?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** By the state's name; `*` is for all of them. */
  readonly states: Readonly<Record<string, readonly Exchange[]>>;
}

/** A request as it came. */
export interface Asked {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The body as it was sent. */
  readonly body: string;
}

const names = [
  ...['bootstrap', 'cloudformation', 'cloudwatch', 'iam', 'kinesis', 'lambda', 'logs', 'sqs', 'ssm', 'sts'],
];

/** Services that a party's house does not call, only those who look after it: played from recordings. */
export class RecordedAws {
  /** All that was asked, in order. */
  readonly asked: Asked[] = [];
  /** Requests that no recording has an answer to. */
  readonly unanswered: string[] = [];
  readonly #recordings = new Map<string, Recording>();
  readonly #states = new Map<string, string>();
  readonly #values: Readonly<Record<string, string>>;

  /** @param values what `{{name}}` in the recordings stands for; `{{now}}` is the time */
  constructor(values: Readonly<Record<string, string>>) {
    this.#values = values;
    for (const name of names) {
      const file = new URL(`./recordings/${name}.json`, import.meta.url);
      const recording = JSON.parse(readFileSync(file, 'utf8')) as Recording;
      this.#recordings.set(name, recording);
      this.#states.set(name, recording.start);
    }
  }

  /** In which state a recording is. */
  state(name: string): string | undefined {
    return this.#states.get(name);
  }

  /** Puts recordings into other states. */
  set(states: Readonly<Record<string, string>>): void {
    for (const [name, state] of Object.entries(states)) {
      if (!this.#recordings.get(name)?.states[state]) throw new Error(`${name} has no state ${state}.`);
      this.#states.set(name, state);
    }
  }

  /** The operations asked of a service, in order. */
  operations(service: string): string[] {
    return this.asked.filter((one) => one.service === service).map(({ operation }) => operation);
  }

  /** For the AWS port. */
  get services(): Service[] {
    const signingNames = new Set([...this.#recordings.values()].map(({ service }) => service));
    return [...signingNames].map((signingName) => ({
      name: signingName,
      signingName,
      accepts: (request) => signedFor(request) === signingName,
      answer: async (request) => this.#answer(signingName, request),
    }));
  }

  #answer(service: string, request: LocalRequest): LocalResponse {
    const asked = { service, ...readOperation(request), body: request.body.toString('utf8') };
    this.asked.push(asked);
    const exchange = this.#find(asked);
    if (!exchange) {
      this.unanswered.push(`${service} ${asked.operation} in ${[...this.#states].join(' ')}: ${asked.body}`);
      return refuse(request, new AwsError('InternalFailure', 'No recording answers this.', 400));
    }
    if (exchange.then) this.set(exchange.then);
    if (exchange.error) {
      const { code, message, status = 400 } = this.#filled(exchange.error);
      return refuse(request, new AwsError(code, message, status));
    }
    return respond(request, asked.operation, this.#filled(exchange.response as Record<string, unknown>));
  }

  #find({ service, operation, input }: Asked): Exchange | undefined {
    for (const [name, recording] of this.#recordings) {
      if (recording.service !== service || !fits(recording.request, input)) continue;
      const state = this.#states.get(name) ?? '';
      const exchanges = [...(recording.states[state] ?? []), ...(recording.states['*'] ?? [])];
      const found = exchanges.find((one) => one.operation === operation && fits(one.request, input));
      if (!found) continue;
      const { response = {} } = found;
      return typeof response === 'string'
        ? { ...found, response: recording.answers?.[response] ?? {} }
        : { ...found, response };
    }
    return undefined;
  }

  #filled<T>(content: T): T {
    // Of several times in one answer, the first is the latest: so are CloudFormation's events.
    let now = Date.now();
    const text = JSON.stringify(content).replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
      name === 'now' ? new Date(now--).toISOString() : (this.#values[name] ?? `no ${name}`),
    );
    return JSON.parse(text) as T;
  }
}

const lambdaRoutes = [...operationSchemas(lambda).values()].map(routeOf);

function readOperation(request: LocalRequest): Pick<Asked, 'operation' | 'input'> {
  const text = request.body.toString('utf8');
  const target = request.headers['x-amz-target'];
  if (target !== undefined)
    return { operation: String(target).split('.').at(-1) ?? '', input: JSON.parse(text || '{}') };
  const route = matchRoute(lambdaRoutes, request);
  if (route)
    return { operation: route.route.operation[2], input: { ...route.labels, ...JSON.parse(text || '{}') } };
  const form = Object.fromEntries(new URLSearchParams(text));
  return { operation: form.Action ?? '', input: form };
}

/** Whether a request has the members, whole or as a part of its texts. */
function fits(
  wanted: Readonly<Record<string, unknown>> | undefined,
  input: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(wanted ?? {}).every(([name, value]) => {
    const given = input[name];
    return typeof given === 'string' && typeof value === 'string'
      ? given.includes(value)
      : JSON.stringify(given) === JSON.stringify(value);
  });
}

const isQuery = (request: LocalRequest): boolean =>
  (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');

function respond(request: LocalRequest, operation: string, content: Record<string, unknown>): LocalResponse {
  if (isQuery(request)) return queryAnswer(operation, asXml(content), 'https://recorded.invalid/');
  return {
    status: 200,
    headers: { 'content-type': request.headers['content-type'] ?? 'application/json' },
    body: JSON.stringify(content),
  };
}

function refuse(request: LocalRequest, error: AwsError): LocalResponse {
  return isQuery(request) ? queryError(error) : jsonError(error);
}

/** The query protocol puts each member of a list into an element of its own. */
function asXml(value: unknown): XmlValue {
  if (Array.isArray(value)) return { member: value.map(asXml) };
  if (typeof value !== 'object' || value === null) return value as XmlValue;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asXml(one)]));
}
