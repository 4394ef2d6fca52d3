import type { IncomingHttpHeaders } from 'node:http';
import type { AwsError } from './protocol/aws-error.ts';

/** What a request on the AWS port says before its body: enough to tell whom it is for, and mostly who signed it. */
export interface RequestHead {
  readonly method: string;
  /** Path and query as sent; the host is the one the client named. */
  readonly url: URL;
  /** The request target as it was written on the wire: signatures are computed over this. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/** A request as it came in on the AWS port, whole but for a body that is taken as it comes. */
export interface LocalRequest extends RequestHead {
  /** Empty when it is taken as it comes. */
  readonly body: Buffer;
  /** The body as it comes; for services that ask for it. Throws when the client goes away. */
  readonly stream?: AsyncIterable<Buffer>;
  /** Aborted when the answer is sent, or the client goes away before. Absent where no client waits on a line. */
  readonly gone?: AbortSignal;
}

/** An answer; `content-length` and a request id are added by the server. */
export interface LocalResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Parts are sent one by one, as they are to be had. */
  readonly body?: string | Buffer | AsyncIterable<string | Buffer>;
}

/** One AWS service on the shared port. The first that accepts a request answers it. */
export interface Service {
  readonly name: string;
  /** What requests to it are signed for: `rekognition`. */
  readonly signingName: string;
  accepts(request: RequestHead): boolean;
  /**
   * Whether a request's body is handed over as it comes. Then nothing of it was hashed before: what is signed in its
   * place is the hash of nothing, as Kinesis Video has it.
   */
  takesBodyAsItComes?(request: RequestHead): boolean;
  answer(request: LocalRequest): Promise<LocalResponse>;
  /** An error raised before the service is asked (a bad signature), in the service's own form; JSON if absent. */
  refuse?(error: AwsError, request: RequestHead): LocalResponse;
}
