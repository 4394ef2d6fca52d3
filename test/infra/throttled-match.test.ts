import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { createTick } from '../../lambdas/tick.ts';
import { DataStream } from '../../local/aws/kinesis/data-stream.ts';
import { LambdaFunctions } from '../../local/lambda/functions.ts';
import { startKinesisSource } from '../../local/lambda/kinesis-source.ts';
import type { Services } from '../../party/services.ts';
import { afterwards } from '../local/telegram/stand.ts';
import { eventually } from '../support/eventually.ts';
import { emptyFolder } from '../support/folder.ts';
import { CloudWatch } from '../support/stack/cloudwatch.ts';
import { namedOnly } from '../support/stack/named.ts';
import { ofType, type Template } from '../support/stack/template.ts';
import { openPartyChats } from '../support/telegram/party-chat.ts';
import { houses, templateOf } from './synthesised.ts';

const template = templateOf({ ...houses.images, reserveConcurrency: true }).toJSON() as Template;
const made = namedOnly(template, 'MusicalJoy');
const alarmOf = (name: string) =>
  ofType(template, 'AWS::CloudWatch::Alarm').find(([, { Properties }]) => Properties.AlarmName === name)![1];

test('a match that AWS does not run for as long as its records last: they are set aside, the alarms go off, and the chat is told', async (t) => {
  const folder = await emptyFolder();
  const cloudWatch = new CloudWatch();
  const ended = new AbortController();
  const working = once(ended.signal, 'abort');
  const [, { Properties }] = ofType(template, 'AWS::Lambda::Function').find(
    ([, one]) => one.Properties.FunctionName === 'MusicalJoy-match',
  )!;
  const functions = new LambdaFunctions(
    {
      'MusicalJoy-match': {
        handler: () => working,
        timeoutSeconds: Properties.Timeout,
        reservedConcurrency: Properties.ReservedConcurrentExecutions,
      },
    },
    { log: () => {}, measure: cloudWatch.measure },
  );
  // As many as may run do, and none of them ends.
  const busy = Array.from({ length: Properties.ReservedConcurrentExecutions }, () =>
    functions.invoke('MusicalJoy-match', '{}'),
  );
  afterwards(t, () => {
    ended.abort();
    return Promise.all(busy);
  });
  const stream = new DataStream('sightings', folder);
  afterwards(t, () => stream.close());
  const source = await startKinesisSource({
    stream,
    functions,
    functionName: 'MusicalJoy-match',
    folder,
    startingPosition: 'LATEST',
    maximumRetryAttempts: 3,
    // In place of a minute.
    maximumRecordAge: 0.5,
    backOffMs: 10,
    measure: cloudWatch.measure,
  });
  afterwards(t, () => source.close());
  const [[queue = ''] = []] = ofType(template, 'AWS::SQS::Queue').filter(([id]) => id.startsWith('Match'));
  cloudWatch.watchQueue(made.get(queue)!.attributes.QueueName!, source.deadLetters);

  stream.put('p', Buffer.from('{}'));

  for (const name of ['MusicalJoy-MatchThrottles', 'MusicalJoy-MatchDeadLetters'])
    await eventually(`${name} is on`, () => cloudWatch.isOn(alarmOf(name), made));

  const chats = await openPartyChats();
  afterwards(t, () => chats.close());
  const house = await chats.open(t);
  await house.services.hosts.add(house.chatId, 'Host');
  const tick = createTick(house.services as unknown as Services, house.chat);
  for (const name of ['MusicalJoy-MatchThrottles', 'MusicalJoy-MatchDeadLetters']) {
    const Message = JSON.stringify({
      AlarmName: name,
      NewStateValue: 'ALARM',
      StateChangeTime: '2026-12-24T18:00:00.000+0000',
    });
    await tick({ Records: [{ EventSource: 'aws:sns', Sns: { MessageId: name, Message } }] });
  }
  const told = (await chats.host.messages(house.chatId)).map(({ text = '' }) => text).join('\n');
  assert.match(told, /AWS can’t run everything at once/);
  assert.match(told, /a guest may have come unannounced/);
});
