import { randomUUID } from 'node:crypto';
import type { LocalResponse, RequestHead } from '../service.ts';
import { toXml, type XmlValue } from '../xml.ts';
import type { AwsError } from './aws-error.ts';

const xml = { 'content-type': 'text/xml' };

/** Whether a request is one of the AWS query protocol: a form. */
export function isQuery({ method, headers }: RequestHead): boolean {
  return method === 'POST' && (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
}

/** An action's result in the XML of the query protocol. */
export function queryAnswer(action: string, result: XmlValue, namespace: string): LocalResponse {
  const content = { [`${action}Result`]: result, ResponseMetadata: { RequestId: randomUUID() } };
  return { status: 200, headers: xml, body: toXml(`${action}Response`, content, namespace) };
}

/** An AwsError in the XML of the query protocol. */
export function queryError({ type, message, status }: AwsError, namespace?: string): LocalResponse {
  const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: type, Message: message };
  const content = { Error: error, RequestId: randomUUID() };
  return { status, headers: xml, body: toXml('ErrorResponse', content, namespace) };
}
