import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTick } from '../../../lambdas/tick.ts';
import { hour } from '../../../party/clock.ts';
import { Costs } from '../../../party/costs/costs.ts';
import { Parties } from '../../../party/parties/parties.ts';
import { ImagesRecognition } from '../../../party/recognition/images.ts';
import { Pulses } from '../../../party/recognition/pulse.ts';
import { Wishes } from '../../../party/recognition/wish.ts';
import { chatOf } from '../../support/bot-chat.ts';
import { type BotHouse, type BotHouseOptions, openBotHouse, says } from '../../support/bot-house.ts';

/** What is on AWS: a deployment that is charged. */
const charged =
  (recognition: 'images' | 'video'): NonNullable<BotHouseOptions['instead']> =>
  ({ table, storage, now }) => ({
    costs: new Costs(table, recognition),
    ...(recognition === 'images' && {
      recognition: new ImagesRecognition(
        { wishes: new Wishes(table, now), pulses: new Pulses(table), storage },
        now,
      ),
    }),
  });

/** A party that began hours ago. */
async function partySince({ services, host }: BotHouse, hours: number, chatId: number): Promise<void> {
  const began = () => services.now() - hours * hour;
  const before = new Parties(services.table, began);
  const endsAt = services.now() + hour;
  const party = await before.start({ chatId, startedBy: host.person.id, endsAt });
  await services.parties.watched(party!, services.now());
}

/** What the producer says of its searches. */
async function searched({ services: { table, now } }: BotHouse, id: string, calls: number): Promise<void> {
  const { since: serves } = await new Wishes(table, now).write(true);
  await new Pulses(table).write({
    ...{ id, at: now(), version: '1', serves, calls },
    ...{ frames: 9000, faces: 900, dropped: 0, framesPerSecond: 5 },
  });
}

async function answerTo(
  { host }: BotHouse,
  chatId: number,
  command: string,
  answer: RegExp,
): Promise<string> {
  const { message_id: asked } = await host.say(chatId, command);
  const found = await host.waitForMessage(
    (message) =>
      message.chat.id === host.bot &&
      (chatId !== host.bot || message.message_id > asked) &&
      says(answer)(message),
  );
  return found.text ?? '';
}

test('what a party costs is told while it is on and when it is over, in private and not in the group', async (t) => {
  const house = await openBotHouse(t, { instead: charged('images') });
  const { host, services } = house;
  const group = (await host.createGroup('The flat', [])).id;
  await partySince(house, 3, group);
  await searched(house, 'first', 100);
  assert.match(
    await answerTo(house, group, '/status', /^The party’s on in/),
    /\nCost so far: about \$0\.16\.$/,
  );

  // The tick notes it, for a producer that is started anew begins to count anew.
  await createTick(services, chatOf(house, services))();
  await searched(house, 'second', 50);
  assert.match(await answerTo(house, group, '/status', /about \$0\.21\./), /\nCost so far: about \$0\.21\.$/);

  await host.say(group, '/end_party');
  const recap = await host.waitForMessage(
    (message) => message.chat.id === host.bot && says(/^The party’s over \(/)(message),
  );
  assert.match(recap.text ?? '', /\nIt cost about \$0\.21\.\nSee you next time!$/);
  for (const { text = '' } of await host.messages(group)) assert.doesNotMatch(text, /cost|\$/i);
});

test('where AWS states no price, the cost is a range', async (t) => {
  const house = await openBotHouse(t, { instead: charged('video') });
  await partySince(house, 5, house.host.bot);
  assert.match(
    await answerTo(house, house.host.bot, '/status', /^The party’s on/),
    /\nCost so far: between \$2\.6\d and \$36\.\d\d\.$/,
  );
});

test('where nobody is charged nothing is said of costs', async (t) => {
  const house = await openBotHouse(t);
  await partySince(house, 3, house.host.bot);
  assert.doesNotMatch(await answerTo(house, house.host.bot, '/status', /^The party’s on/), /cost|\$/i);
  await house.host.say(house.host.bot, '/end_party');
  const { text = '' } = await house.host.waitForMessage(says(/^The party’s over \(/));
  assert.doesNotMatch(text, /cost|\$/i);
});
