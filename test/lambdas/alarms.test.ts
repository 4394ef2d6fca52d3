import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { createTick } from '../../lambdas/tick.ts';
import { hour, minute, second } from '../../party/clock.ts';
import type { Services } from '../../party/services.ts';
import { openPartyChats, type PartyChat, type PartyChats } from '../support/telegram/party-chat.ts';

describe('alarms', () => {
  /** What SNS brings to a Lambda of an alarm, as CloudWatch writes it. */
  function alarm(name: string, state: string, time = '2026-12-24T18:00:00.000+0000') {
    return event(
      JSON.stringify({
        AlarmName: name,
        AlarmDescription: null,
        AWSAccountId: '111122223333',
        NewStateValue: state,
        NewStateReason: 'Threshold Crossed: 1 datapoint [1.0] was greater than the threshold (0.0).',
        StateChangeTime: time,
        Region: 'US East (N. Virginia)',
        OldStateValue: 'OK',
        Trigger: { MetricName: 'Errors', Namespace: 'AWS/Lambda', Threshold: 0 },
      }),
    );
  }

  function event(...messages: unknown[]) {
    return {
      Records: messages.map((Message, index) => ({
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: 'arn:aws:sns:us-east-1:111122223333:alarms:1',
        Sns: {
          Type: 'Notification',
          MessageId: `message-${index}`,
          Message,
          Timestamp: '2026-12-24T18:00:01.000Z',
        },
      })),
    };
  }

  let chats: PartyChats;
  before(async () => {
    chats = await openPartyChats();
  });
  after(() => chats.close());

  /** A house with one host, whose private chat is a group here. */
  async function open(t: TestContext) {
    const house = await chats.open(t);
    await house.services.hosts.add(house.chatId, 'Host');
    return { house, clock: house.services.clock, tick: tickOf(house) };
  }

  const tickOf = ({ services, chat }: PartyChat) => createTick(services as unknown as Services, chat);

  /** What was told to the host, or to another chat. */
  const told = async ({ chatId }: PartyChat, chat = chatId): Promise<string[]> =>
    (await chats.host.messages(chat)).flatMap(({ text, from }) => (from?.is_bot && text ? [text] : []));

  const kinds: Array<[suffix: string, on: RegExp]> = [
    ['IteratorAge', /^I’m running over half a minute behind/],
    ['WebhookErrors', /^Something you wrote tripped me up/],
    ['MatchErrors', /^I’m having trouble with the door/],
    ['WebhookThrottles', /^I’m getting so many messages/],
    ['MatchThrottles', /^AWS can’t run everything at once/],
    ['TickErrors', /^I can’t end the party by myself.*\/end_party/],
    ['PicturesErrors', /^I can’t send pictures of arrivals right now/],
    ['MatchDeadLetters', /a guest may have come unannounced/],
    ['PicturesDeadLetters', /couldn’t send one of the pictures of arrivals/],
    ['RecognitionWithoutParty', /still watching the door without a party/],
    ['SomethingElse', /CloudWatch’s alarm MusicalJoy-SomethingElse went off/],
  ];
  test('each kind of alarm is told in words of its own, and its end too', async (t) => {
    const { house, tick } = await open(t);
    for (const [suffix, on] of kinds) {
      await tick(alarm(`MusicalJoy-${suffix}`, 'ALARM'));
      assert.match((await told(house)).at(-1) ?? '', on, suffix);
      await tick(alarm(`MusicalJoy-${suffix}`, 'OK', '2026-12-24T18:05:00.000+0000'));
      assert.doesNotMatch((await told(house)).at(-1) ?? '', on, `the end of ${suffix}`);
    }
  });

  test('an alarm that is brought several times, also at once, is told once a change', async (t) => {
    const { house, tick } = await open(t);
    const one = alarm('MusicalJoy-TickErrors', 'ALARM');
    // One that meets another at work fails, and is brought again.
    await Promise.allSettled([tick(one), tickOf(house)(one), tick(one)]);
    await tick(one);
    assert.equal((await told(house)).filter((text) => /can’t end the party by myself/.test(text)).length, 1);

    await tick(alarm('MusicalJoy-TickErrors', 'ALARM', '2026-12-24T19:00:00.000+0000'));
    assert.equal((await told(house)).filter((text) => /can’t end the party by myself/.test(text)).length, 2);
  });

  test('that an alarm is over is told only where it was told that it went off', async (t) => {
    const { house, tick } = await open(t);
    const before = await told(house);
    await tick(alarm('MusicalJoy-MatchErrors', 'OK'));
    await tick(alarm('MusicalJoy-MatchErrors', 'INSUFFICIENT_DATA'));
    assert.deepEqual(await told(house), before);

    const group = (await chats.host.createGroup('The flat', [])).id;
    await house.services.parties.start({ chatId: group, startedBy: 1, endsAt: house.services.now() + hour });
    await tick(alarm('MusicalJoy-MatchErrors', 'ALARM'));
    await house.services.parties.end((await house.services.parties.latest())!);
    await tick(alarm('MusicalJoy-MatchErrors', 'OK', '2026-12-24T18:01:00.000+0000'));
    await tick(alarm('MusicalJoy-MatchErrors', 'OK', '2026-12-24T18:02:00.000+0000'));
    assert.deepEqual(await told(house), before, 'the private chat heard nothing');
    assert.deepEqual(
      (await told(house, group)).map((text) => /fine again/.test(text)),
      [false, true],
    );
  });

  test('hosts are told in private when the party’s chat is gone', async (t) => {
    const { house, tick } = await open(t);
    const group = (await chats.host.createGroup('The flat', [])).id;
    await house.services.parties.start({ chatId: group, startedBy: 1, endsAt: house.services.now() + hour });
    chats.stand.telegram.faults.next('sendMessage', { status: 403 });
    await tick(alarm('MusicalJoy-IteratorAge', 'ALARM'));
    assert.match((await told(house)).at(-1) ?? '', /^I’m running over half a minute behind/);
  });

  for (const { waits, ...fault } of [
    { status: 500, waits: 10 * second },
    { status: 429, retryAfter: 100, waits: 100 * second },
  ]) {
    test(`an alarm that Telegram refused with ${fault.status} is told when it may be, and not too early, though nobody brings it again`, async (t) => {
      const { house, clock, tick } = await open(t);
      house.services.pause = async () => {
        throw new Error('There is no time to wait.');
      };
      chats.stand.telegram.faults.next('sendMessage', fault);
      await tick(alarm('MusicalJoy-IteratorAge', 'ALARM'));
      clock.pass(waits);
      await tick(alarm('MusicalJoy-IteratorAge', 'ALARM'));
      await tick();
      assert.equal(
        (await told(house)).filter((text) => /^I’m running over half a minute behind/.test(text)).length,
        0,
      );
      clock.pass(1);
      await tick();
      await tick(alarm('MusicalJoy-IteratorAge', 'ALARM'));
      assert.equal(
        (await told(house)).filter((text) => /^I’m running over half a minute behind/.test(text)).length,
        1,
      );
    });
  }

  test('an alarm is not lost when the party’s chat is gone and a host’s takes no message then', async (t) => {
    const { house, clock, tick } = await open(t);
    const group = (await chats.host.createGroup('The flat', [])).id;
    await house.services.parties.start({ chatId: group, startedBy: 1, endsAt: house.services.now() + hour });
    await chats.host.changeGroup(group, { bot: 'kicked' });
    const api = chats.stand.telegram;
    // The group's own refusal comes without a fault; the host's is the one that this meets.
    const end = api.faults.always('sendMessage', { status: 500 });
    api.faults.next('sendMessage', {
      status: 403,
      description: 'Forbidden: bot was kicked from the supergroup chat',
    });
    await tick(alarm('MusicalJoy-MatchErrors', 'ALARM'));
    end();
    await tick(alarm('MusicalJoy-MatchErrors', 'ALARM'));
    assert.equal((await told(house)).filter((text) => /trouble with the door/.test(text)).length, 0);
    clock.pass(11 * second);
    await tick();
    assert.equal((await told(house)).filter((text) => /trouble with the door/.test(text)).length, 1);
    await tick(alarm('MusicalJoy-MatchErrors', 'OK', '2026-12-24T18:02:00.000+0000'));
    assert.match((await told(house)).at(-1) ?? '', /fine again/, 'it is over where it was told');
  });

  test('an alarm that may be in the chat is not told again before its lease has ended', async (t) => {
    const { house, clock, tick } = await open(t);
    chats.stand.telegram.faults.next('sendMessage', { cut: 'after' });
    await tick(alarm('MusicalJoy-IteratorAge', 'ALARM'));
    await tick(alarm('MusicalJoy-IteratorAge', 'ALARM'));
    await tick();
    assert.equal(
      (await told(house)).filter((text) => /^I’m running over half a minute behind/.test(text)).length,
      1,
    );

    clock.pass(minute + 1);
    await tick();
    assert.equal(
      (await told(house)).filter((text) => /^I’m running over half a minute behind/.test(text)).length,
      2,
    );
  });

  const malformed = [
    'no JSON',
    '[]',
    'null',
    '{}',
    '{"AlarmName":"x"}',
    '{"AlarmName":"x","NewStateValue":"ON","StateChangeTime":"2026-12-24T18:00:00.000+0000"}',
    '{"AlarmName":"x","NewStateValue":"ALARM","StateChangeTime":"at tea time"}',
    '{"AlarmName":"","NewStateValue":"ALARM","StateChangeTime":"2026-12-24T18:00:00.000+0000"}',
  ];
  test('a message that is no alarm is dropped, its content not logged, and the others are told', async (t) => {
    const { house, tick } = await open(t);
    const { Records } = alarm('MusicalJoy-IteratorAge', 'ALARM');
    await tick({ Records: [...event(...malformed).Records, ...Records] });
    assert.match((await told(house)).at(-1) ?? '', /^I’m running over half a minute behind/);
    const dropped = house.services.log.lines.filter((line) => line.includes('is no alarm'));
    assert.equal(dropped.length, malformed.length);
    assert.ok(!dropped.some((line) => line.includes('tea time')));
  });

  test('whatever else the tick is brought, it looks after the house', async (t) => {
    const { house, tick } = await open(t);
    for (const event of [undefined, null, {}, { Records: [] }, { source: 'aws.events' }]) {
      await house.services.parties.start({
        chatId: house.chatId,
        startedBy: 1,
        endsAt: house.services.now() - 1,
      });
      await tick(event);
      assert.equal(await house.services.parties.latest(), undefined);
    }
  });
});
