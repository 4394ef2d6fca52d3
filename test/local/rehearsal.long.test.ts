import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHeld } from '../../party/forget/held.ts';
import { labels, says } from '../support/bot-house.ts';
import { eventually } from '../support/eventually.ts';
import { claim, openHouse } from '../support/house.ts';
import { filesWith, quickly, someones } from '../support/rehearsal.ts';

test('a rehearsal that a host joins, and one that is cut short, leave nothing once they are cleared', async (t) => {
  const house = await openHouse(t);
  const host = await house.person('host');
  await claim(house, host);
  await host.waitForMessage(says(/1\. Send me a photo/));
  const before = await host.messages();
  await house.camera.choose('off');

  // Whom the host names meanwhile, and what is said of it only later, are the rehearsal's.
  let pace = 0;
  const slower = quickly(house, () => pace);
  t.after(() => slower.close());
  await slower.begin();
  await eventually(
    'somebody unknown comes',
    () => JSON.stringify(slower.state).includes('And now somebody'),
    120_000,
  );
  pace = 600_000;
  const first = before.at(-1)!.message_id;
  const card = await host.waitForMessage(
    (one) => one.message_id > first && says(/^There’s someone at the door/)(one),
    { timeout: 120_000 },
  );
  await host.press(card, 'New guest');
  const { message_id: question } = await host.waitForMessage(says(/^What’s their name/));
  await host.say(host.bot, 'Lucy', { replyTo: question });
  const keep = 'Keep this face for next time';
  // The button is there once the picture is.
  const named = await host.waitForMessage(
    (one) => says(/^Got it, it’s Lucy!$/)(one) && labels(one).includes(keep),
  );
  await host.press(named, keep);
  await host.waitForMessage(says(/I’ll know this face next time/));
  await slower.close();
  const after = quickly(house);
  await after.endInterrupted();
  await host.say(host.bot, 'Mary', { replyTo: question });
  await eventually('the bot answers', async () => !(await host.messages()).at(-1)?.text?.startsWith('Mary'));
  await after.clear();
  assert.deepEqual(someones(await readHeld(house.services)), []);
  assert.deepEqual(filesWith('Lucy', house.folder), []);
  assert.deepEqual(await host.messages(), before);

  // Cut short while its party is on, by a program that ends: the next one clears it.
  const rehearsal = quickly(house);
  await rehearsal.begin();
  await eventually('its party is on', async () => (await house.services.parties.on()) !== undefined);
  await rehearsal.close();
  const next = quickly(house);
  assert.match(JSON.stringify(next.state), /"stopped".*cut short/);
  await next.endInterrupted();
  assert.match(JSON.stringify(next.state), /"stopped".*I’ve ended its party/);
  assert.equal(await house.services.parties.latest(), undefined, 'before anybody clears it');
  assert.equal(house.camera.state.source, 'off', 'nobody waits for its pictures');
  assert.match(JSON.stringify(quickly(house).state), /"over".*still in this chat/);
  await next.clear();
  assert.deepEqual(someones(await readHeld(house.services)), []);
  assert.deepEqual(await host.messages(), before);
});
