import { AwsError } from '../protocol/aws-error.ts';
import type { MessageAttribute, Notification } from './topics.ts';

/** Subject, message and attributes together: 256 KiB. */
const maxBytes = 256 * 1024;
const maxSubject = 100;

/** An error in SNS's words. */
export function invalidParameter(what: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${what}`);
}

/**
 * The notification that a Publish request asks for, held against the rules of "Publish" in the SNS API reference.
 * @throws AwsError InvalidParameter, ParameterValueInvalid
 */
export function readPublish(request: URLSearchParams): Notification {
  if (request.has('PhoneNumber'))
    throw invalidParameter('PhoneNumber. Text messages are not sent from this machine.');
  const topicArn = request.get('TopicArn') ?? request.get('TargetArn');
  if (!topicArn) throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
  const message = request.get('Message') ?? '';
  const subject = request.get('Subject') ?? undefined;
  const structure = request.get('MessageStructure') ?? undefined;
  const attributes = readAttributes(request);

  if (message === '') throw invalidParameter('Empty message');
  if (subject !== undefined) checkSubject(subject);
  if (structure !== undefined && structure !== 'json') throw invalidParameter('MessageStructure');
  if (structure === 'json') checkStructure(message);
  const parts = Object.entries(attributes).flatMap(([name, { type, value }]) => [name, type, value]);
  if ([message, subject ?? '', ...parts].reduce((sum, part) => sum + Buffer.byteLength(part), 0) > maxBytes) {
    throw invalidParameter('Message too long');
  }
  return {
    topicArn,
    message,
    attributes,
    ...(subject !== undefined && { subject }),
    ...(structure === 'json' && { messageStructure: structure }),
  };
}

function checkSubject(subject: string): void {
  if (subject === '' || subject.length > maxSubject || /\p{Cc}/u.test(subject))
    throw invalidParameter('Subject');
}

function checkStructure(message: string): void {
  let texts: unknown;
  try {
    texts = JSON.parse(message);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  if (typeof (texts as { default?: unknown } | null)?.default !== 'string') {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
}

/** The query protocol spells a map as `MessageAttributes.entry.1.Name`, `….1.Value.DataType` and so on. */
function readAttributes(request: URLSearchParams): Record<string, MessageAttribute> {
  const attributes: Record<string, MessageAttribute> = {};
  for (let entry = 1; request.has(`MessageAttributes.entry.${entry}.Name`); entry++) {
    const field = (name: string) => request.get(`MessageAttributes.entry.${entry}.${name}`) ?? '';
    const name = field('Name');
    const type = field('Value.DataType');
    if (!/^(String|String\.Array|Number|Binary)(\..+)?$/.test(type)) {
      throw invalidAttribute(`The message attribute '${name}' has an invalid message attribute type`);
    }
    const value = field(type.startsWith('Binary') ? 'Value.BinaryValue' : 'Value.StringValue');
    if (value === '')
      throw invalidAttribute(`The message attribute '${name}' must contain a non-empty value`);
    if (type.startsWith('Number') && !Number.isFinite(Number(value))) {
      throw invalidAttribute(`The value of the message attribute '${name}' is not a number`);
    }
    attributes[name] = { type, value };
  }
  return attributes;
}

function invalidAttribute(what: string): AwsError {
  return new AwsError('ParameterValueInvalid', `${what}.`);
}
