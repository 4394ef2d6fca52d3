import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import {
  CreateTopicCommand,
  InvalidParameterException,
  InvalidParameterValueException,
  ListTopicsCommand,
  NotFoundException,
  PublishCommand,
  type PublishCommandInput,
  SNSClient,
} from '@aws-sdk/client-sns';
import { snsService } from '../../../local/aws/sns/service.ts';
import { type PublishedNotification, Topics } from '../../../local/aws/sns/topics.ts';
import { emptyFolder } from '../../support/folder.ts';
import { localCredentials } from './clients.ts';
import { serve } from './serve.ts';

async function start(t: TestContext) {
  const folder = await emptyFolder();
  const topics = new Topics(folder);
  t.after(() => topics.close());
  const options = await serve(t, snsService(topics));
  const sns = new SNSClient(options);
  t.after(() => sns.destroy());
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'arrivals' }));
  const publish = (input: Partial<PublishCommandInput>) =>
    sns.send(new PublishCommand({ TopicArn, Message: 'Anna is here', ...input }));
  return { folder, topics, options, sns, TopicArn, publish };
}

test('a topic is created once, also over a restart', async (t) => {
  const { folder, sns, TopicArn } = await start(t);
  assert.equal(TopicArn, 'arn:aws:sns:us-east-1:000000000000:arrivals');
  assert.equal((await sns.send(new CreateTopicCommand({ Name: 'arrivals' }))).TopicArn, TopicArn);
  const again = new Topics(folder);
  t.after(() => again.close());
  assert.equal(again.has(TopicArn), true);
  await assert.rejects(sns.send(new CreateTopicCommand({ Name: 'no spaces' })), InvalidParameterException);
});

test('what is published is kept on disk and shown to who listens', async (t) => {
  const { topics, TopicArn, publish } = await start(t);
  const seen: PublishedNotification[] = [];
  const stop = topics.onPublish((notification) => seen.push(notification));
  const { MessageId } = await publish({
    Subject: 'Zoë <3 & friends',
    Message: 'Zoë & Anna <are> here\n🎄',
    MessageAttributes: {
      guest: { DataType: 'String', StringValue: 'anna' },
      similarity: { DataType: 'Number', StringValue: '99.2' },
    },
  });
  stop();
  await publish({ Message: 'second' });
  assert.equal(seen.length, 1);
  const { publishedAt, ...published } = seen[0] as PublishedNotification;
  assert.ok(Date.parse(publishedAt) > 0);
  assert.deepEqual(published, {
    messageId: MessageId,
    topicArn: TopicArn,
    subject: 'Zoë <3 & friends',
    message: 'Zoë & Anna <are> here\n🎄',
    attributes: {
      guest: { type: 'String', value: 'anna' },
      similarity: { type: 'Number', value: '99.2' },
    },
  });
  const lines = readFileSync(topics.publishedFile, 'utf8').trim().split('\n');
  assert.deepEqual(JSON.parse(lines[0] ?? ''), seen[0]);
  assert.equal(JSON.parse(lines[1] ?? '').message, 'second');
});

test('a message for each protocol is JSON with a default', async (t) => {
  const { topics, publish } = await start(t);
  const MessageStructure = 'json';
  const Message = JSON.stringify({ default: 'Anna', sqs: '{"guest":"anna"}' });
  const seen: (string | undefined)[] = [];
  topics.onPublish(({ messageStructure }) => seen.push(messageStructure));
  await publish({ MessageStructure, Message });
  assert.deepEqual(seen, ['json']);
  for (const wrong of ['not json', '{"email":"Anna"}', '{"default":1}', 'null', '"text"']) {
    await assert.rejects(publish({ MessageStructure, Message: wrong }), InvalidParameterException);
  }
});

test('what SNS refuses is refused', async (t) => {
  const { topics, TopicArn, publish } = await start(t);
  await assert.rejects(publish({ TopicArn: `${TopicArn}-other` }), NotFoundException);
  await assert.rejects(publish({ Message: '' }), InvalidParameterException);
  await assert.rejects(publish({ Message: 'x'.repeat(256 * 1024 + 1) }), InvalidParameterException);
  await assert.rejects(publish({ Subject: 'x'.repeat(101) }), InvalidParameterException);
  await assert.rejects(publish({ Subject: 'two\nlines' }), InvalidParameterException);
  await assert.rejects(publish({ MessageStructure: 'xml' }), InvalidParameterException);
  await assert.rejects(publish({ TopicArn: undefined, PhoneNumber: '+4912345' }), InvalidParameterException);
  for (const attribute of [
    { DataType: 'String', StringValue: '' },
    { DataType: 'Number', StringValue: 'many' },
    { DataType: 'Text', StringValue: 'x' },
  ]) {
    const MessageAttributes = { guest: attribute };
    await assert.rejects(publish({ MessageAttributes }), InvalidParameterValueException);
  }
  await publish({ Message: 'x'.repeat(256 * 1024) });
  assert.equal(readFileSync(topics.publishedFile, 'utf8').trim().split('\n').length, 1);
});

test('an operation that is not here and a wrong key are answered in words', async (t) => {
  const { options, sns } = await start(t);
  await assert.rejects(sns.send(new ListTopicsCommand()), { name: 'InvalidAction' });
  const stranger = new SNSClient({
    ...options,
    credentials: { ...localCredentials, secretAccessKey: 'guessed' },
  });
  t.after(() => stranger.destroy());
  await assert.rejects(stranger.send(new CreateTopicCommand({ Name: 'x' })), {
    name: 'SignatureDoesNotMatch',
  });
});
