import { randomUUID } from 'node:crypto';
import { AwsError } from '../protocol/aws-error.ts';
import type { LocalResponse, Service } from '../service.ts';
import { toXml, type XmlValue } from '../xml.ts';
import { invalidParameter, readPublish } from './publish-request.ts';
import type { Topics } from './topics.ts';

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** SNS over the topics of this machine, in AWS's query protocol: a form in, XML out. */
export function snsService(topics: Topics): Service {
  return {
    name: 'SNS',
    accepts: ({ method, headers }) =>
      method === 'POST' && (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded'),
    answer: async ({ body }) => await answer(topics, new URLSearchParams(body.toString('utf8'))),
    refuse: errorAnswer,
  };
}

async function answer(topics: Topics, request: URLSearchParams): Promise<LocalResponse> {
  const action = request.get('Action') ?? '';
  switch (action) {
    case 'CreateTopic':
      return xmlAnswer(action, { TopicArn: await topics.ensure(topicName(request)) });
    case 'Publish': {
      const notification = readPublish(request);
      if (!topics.has(notification.topicArn)) throw new AwsError('NotFound', 'Topic does not exist', 404);
      return xmlAnswer(action, { MessageId: topics.publish(notification).messageId });
    }
    default:
      throw new AwsError('InvalidAction', `SNS ${action} is not available on this machine.`);
  }
}

function topicName(request: URLSearchParams): string {
  const name = request.get('Name') ?? '';
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
  return name;
}

function xmlAnswer(action: string, result: XmlValue): LocalResponse {
  const content = { [`${action}Result`]: result, ResponseMetadata: { RequestId: randomUUID() } };
  return { status: 200, headers: XML, body: toXml(`${action}Response`, content, NAMESPACE) };
}

function errorAnswer({ type, message, status }: AwsError): LocalResponse {
  const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: type, Message: message };
  const content = { Error: error, RequestId: randomUUID() };
  return { status, headers: XML, body: toXml('ErrorResponse', content, NAMESPACE) };
}

const XML = { 'content-type': 'text/xml' };
