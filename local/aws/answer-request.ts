import { isDiskFull } from '../disk/disk-full.ts';
import type { IncomingRequest } from '../http/body.ts';
import { checkHead } from './authentication.ts';
import { neverTimeOut } from './http-versions.ts';
import { AwsError } from './protocol/aws-error.ts';
import { diskFull } from './protocol/disk-full.ts';
import { jsonError } from './protocol/json-answer.ts';
import { isQuery, queryError } from './protocol/query-answer.ts';
import { refuseSignature } from './refusal.ts';
import { isLoopbackCaller, readHead, readWhole } from './request.ts';
import type { LocalRequest, LocalResponse, RequestHead, Service } from './service.ts';
import { type Credentials, SignatureError, signedFor, signedWith } from './signature.ts';

/** A call of a service, by somebody known. */
export interface SignedCall {
  /** What it was signed for: `rekognition`. */
  readonly service: string;
  /** Whose it was. */
  readonly accessKeyId: string;
  readonly request: LocalRequest;
  /** HTTP's. */
  readonly status: number;
}

/** Who answers, whom, and by which clock. */
export interface AnsweringOptions {
  readonly services: readonly Service[];
  readonly known: readonly Credentials[];
  readonly onCall: ((call: SignedCall) => void) | undefined;
  readonly log: (line: string) => void;
  /** How long a body may take, in milliseconds. */
  readonly bodyTimeout: number;
  readonly now: () => number;
}

/** A request as it came. */
export interface RawRequest {
  readonly raw: IncomingRequest;
  /** To be called before its body is read. */
  readonly continueBody: () => void;
  /** Aborted when nobody waits for the answer any more. */
  readonly gone: AbortSignal;
}

/**
 * Has a request answered by the service that it is for, if it comes from this machine and is signed by somebody known.
 * One that its head alone shows to be none of ours is answered before its body is read.
 */
export async function answerRequest(request: RawRequest, options: AnsweringOptions): Promise<LocalResponse> {
  const { raw } = request;
  const { services, known, onCall, log } = options;
  if (!isLoopbackCaller(raw))
    return jsonError(new AwsError('AccessDeniedException', 'Ask for localhost or 127.0.0.1.', 403));
  const head = readHead(raw);
  const service = serviceFor(head, services);
  if (!service) {
    const unknown = new AwsError(
      'UnknownOperationException',
      'No AWS service on this machine takes this.',
      404,
    );
    return isQuery(head) ? queryError(unknown) : jsonError(unknown);
  }
  const key = known.find(({ accessKeyId }) => accessKeyId === signedWith(head)) ?? known[0]!;
  let whole: LocalRequest;
  try {
    whole = await checkedRequest(request, head, { service, key }, options);
  } catch (error) {
    if (error instanceof SignatureError) return refuseSignature(error, service, head);
    if (error instanceof AwsError) return service.refuse?.(error, head) ?? jsonError(error);
    throw error;
  }
  const answer = await answerOf(service, whole, log);
  const { accessKeyId } = key;
  onCall?.({ service: service.signingName, accessKeyId, request: whole, status: answer.status });
  return answer;
}

const noBody = Buffer.alloc(0);

/** @throws SignatureError, AwsError */
async function checkedRequest(
  { raw, continueBody, gone }: RawRequest,
  head: RequestHead,
  { service, key }: { readonly service: Service; readonly key: Credentials },
  { bodyTimeout, now }: AnsweringOptions,
): Promise<LocalRequest> {
  // Clients follow the date of answers, but for their first call.
  const times = { now: now(), orNow: Date.now() };
  const checkBody = checkHead(head, key, { signingName: service.signingName, ...times });
  if (service.takesBodyAsItComes?.(head)) {
    checkBody(noBody);
    continueBody();
    neverTimeOut(raw);
    // A service that ends its answer early still has to be heard.
    return { ...head, gone, body: noBody, stream: raw.iterator({ destroyOnReturn: false }) };
  }
  continueBody();
  const body = await readWhole(raw, bodyTimeout);
  checkBody(body);
  return { ...head, gone, body };
}

async function answerOf(
  service: Service,
  request: LocalRequest,
  log: AnsweringOptions['log'],
): Promise<LocalResponse> {
  try {
    return await service.answer(request);
  } catch (error) {
    if (error instanceof AwsError) return service.refuse?.(error, request) ?? jsonError(error);
    const full = isDiskFull(error);
    log(`${service.name}: ${describe(request)} failed: ${full ? 'the disk is full' : stackOf(error)}`);
    const failure = full ? diskFull(error) : failureOf(service);
    return service.refuse?.(failure, request) ?? jsonError(failure);
  }
}

/** The first that accepts a request; among them, one that it is signed for. */
function serviceFor(request: RequestHead, services: readonly Service[]): Service | undefined {
  const accepting = services.filter((candidate) => candidate.accepts(request));
  return accepting.find(({ signingName }) => signingName === signedFor(request)) ?? accepting[0];
}

function failureOf({ name }: Service): AwsError {
  return new AwsError('InternalFailure', `${name} failed on this machine; its log says why.`, 500);
}

/** What a log has of an error. */
export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Says which call it was, and nothing that was in it. */
function describe(request: LocalRequest): string {
  return String(request.headers['x-amz-target'] ?? `${request.method} ${request.url.pathname}`);
}
