import { AwsError } from '../protocol/aws-error.ts';
import { isQuery, queryAnswer, queryError } from '../protocol/query-answer.ts';
import type { LocalResponse, Service } from '../service.ts';
import { signedFor } from '../signature.ts';
import { invalidParameter, readPublish } from './publish-request.ts';
import type { Topics } from './topics.ts';

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** SNS over the topics of this machine, in AWS's query protocol: a form in, XML out. */
export function snsService(topics: Topics): Service {
  return {
    name: 'SNS',
    signingName: 'sns',
    // Other services that are asked so are not here; a request that is not signed is refused in SNS's words.
    accepts: (request) => isQuery(request) && (signedFor(request) ?? 'sns') === 'sns',
    answer: async ({ body }) => await answer(topics, new URLSearchParams(body.toString('utf8'))),
    refuse: (error) => queryError(error, namespace),
  };
}

async function answer(topics: Topics, request: URLSearchParams): Promise<LocalResponse> {
  const action = request.get('Action') ?? '';
  switch (action) {
    case 'CreateTopic':
      return queryAnswer(action, { TopicArn: await topics.ensure(topicName(request)) }, namespace);
    case 'Publish': {
      const notification = readPublish(request);
      if (!topics.has(notification.topicArn)) throw new AwsError('NotFound', 'Topic does not exist', 404);
      return queryAnswer(action, { MessageId: topics.publish(notification).messageId }, namespace);
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
