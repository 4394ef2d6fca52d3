import type { IncomingHttpHeaders } from 'node:http';
import type { AwsError } from './protocol/aws-error.ts';

/** A request as it came in on the AWS port, whole: nothing that the product sends needs streaming. */
export interface LocalRequest {
  readonly method: string;
  /** Path and query as sent; the host is the one the client named. */
  readonly url: URL;
  /** The request target as it was written on the wire: signatures are computed over this. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An answer; `content-length` and a request id are added by the server. */
export interface LocalResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** One AWS service on the shared port. The first that accepts a request answers it. */
export interface Service {
  readonly name: string;
  /** What requests to it are signed for: `rekognition`. */
  readonly signingName: string;
  accepts(request: LocalRequest): boolean;
  answer(request: LocalRequest): Promise<LocalResponse>;
  /** An error raised before the service is asked (a bad signature), in the service's own form; JSON if absent. */
  refuse?(error: AwsError, request: LocalRequest): LocalResponse;
}
