import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** A request to a function's URL; the path is the one below that URL. */
export interface UrlRequest {
  readonly functionName: string;
  readonly method: string;
  /** As written on the wire, without the query. */
  readonly path: string;
  /** As written on the wire, without its question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** Content types whose bodies come as text; all others come in base64. */
const text = /^(text\/|application\/(json|xml|javascript)\b|application\/[\w.-]+\+(json|xml)\b)/i;

/** The event of a request, in payload format 2.0 ("Lambda function URLs: request payload format"). */
export function urlEvent(request: UrlRequest): APIGatewayProxyEventV2 {
  const { functionName, method, path, headers, body } = request;
  const now = new Date();
  const isText = text.test(headers['content-type'] ?? '');
  const parameters = groupedParameters(new URLSearchParams(request.query));
  const cookies = headers.cookie?.split(/; */).filter(Boolean);
  const host = headers.host ?? 'localhost';
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: request.query,
    ...(cookies && cookies.length > 0 && { cookies }),
    headers: singleHeaders(headers),
    ...(Object.keys(parameters).length > 0 && { queryStringParameters: parameters }),
    requestContext: {
      accountId: 'anonymous',
      apiId: functionName,
      domainName: host,
      domainPrefix: functionName,
      http: {
        method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function singleHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const single: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== 'cookie')
      single[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return single;
}

/** Parameters that come more than once are joined by commas. */
function groupedParameters(query: URLSearchParams): Record<string, string> {
  const names = new Set(query.keys());
  return Object.fromEntries([...names].map((name) => [name, query.getAll(name).join(',')]));
}

/** 23/Nov/2026:19:03:58 +0000 */
function commonLogTime(time: Date): string {
  const [, day, month, year, clock] = time.toUTCString().split(' ');
  return `${day}/${month}/${year}:${clock} +0000`;
}
