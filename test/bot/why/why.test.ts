import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { minute } from '../../../party/clock.ts';
import { openBotHouse, says } from '../../support/bot-house.ts';
import { doorOf, faceLike, inviteGuests } from '../../support/door.ts';
import { startParty } from '../../support/house.ts';

async function openParty(t: TestContext) {
  const house = await openBotHouse(t);
  await inviteGuests(house, ['Anna', 'Ben']);
  await startParty(house.host);
  return { ...house, door: doorOf(house) };
}

test('why somebody was announced: what was seen when, how large and similar, and the rule', async (t) => {
  const { host, door } = await openParty(t);
  await door.shows(faceLike({ anna: 93 }));
  const arrival = await host.waitForMessage(says(/^Anna is here!/));
  await host.press(arrival, 'Why?');
  const why = await host.waitForMessage(says(/^Anna came at \d\d:\d\d\./));
  assert.match(
    why.text!,
    /\n\d\d:\d\d:\d\d · 93 of 100 alike · face \d+ % of the picture’s height · counts\n/,
  );
  assert.match(why.text!, /two of them within 3 seconds, each at least 80 of 100 alike and 3 ahead/);
  assert.match(why.text!, /It looked like the one photo I have\.$/);
});

test('what led to an arrival that was taken back is no reason for the next one', async (t) => {
  const { host, door } = await openParty(t);
  await door.shows(faceLike({ anna: 93 }));
  await host.press(await host.waitForMessage(says(/^Anna is here!/)), 'Not Anna');
  await host.press(await host.waitForMessage(says(/Who is it\?$/)), 'Someone else');
  await host.waitForMessage(says(/^Got it, someone else/));
  door.later(minute);
  await door.shows(faceLike({ anna: 98 }));
  await host.waitForMessage(says(/^Anna is here!/));
  await host.say(host.bot, '/why Anna');
  const { text = '' } = await host.waitForMessage(says(/^Anna came at/));
  assert.match(text, / · 98 of 100 alike · /);
  assert.doesNotMatch(text, / · 93 of 100 alike · /);
});

test('why somebody was missed: the nearest that was seen, and what would help', async (t) => {
  const { host, door } = await openParty(t);
  await door.shows(faceLike({ anna: 85, ben: 84 }));
  await host.say(host.bot, '/why anna');
  const why = await host.waitForMessage(says(/^I haven’t announced Anna\. The nearest that I saw:/));
  assert.match(why.text!, /\n\d\d:\d\d:\d\d · 85 of 100 alike · face \d+ % .* · could be Ben as well\n/);
  assert.match(why.text!, /A photo of each of them, taken closer up, tells them apart\.$/);

  await door.shows({ ...faceLike({ ben: 97 }), yaw: 80 });
  await host.say(host.bot, '/why Ben');
  const turned = await host.waitForMessage(says(/^I haven’t announced Ben\./));
  assert.match(turned.text!, / · 97 of 100 alike · .* · turned too far away\n/);
  assert.match(turned.text!, /Hang the camera where people look at it\.$/);
});

test('why nothing was seen of somebody: the last face that was, if any', async (t) => {
  const { host, door } = await openParty(t);
  await host.say(host.bot, '/why Anna');
  await host.waitForMessage(
    says(/^I haven’t seen any face like Anna’s.*\nIn fact I haven’t seen any face yet\.$/),
  );
  await door.shows({ matches: [] });
  await host.say(host.bot, '/why Anna');
  await host.waitForMessage(
    says(/\nThe last face I saw was at \d\d:\d\d:\d\d, \d+ % of the picture’s height\.$/),
  );
  await host.say(host.bot, '/why Zoe');
  await host.waitForMessage(says(/^I don’t know anybody called Zoe\./));
});

test('of somebody whom a host announced, a host is the reason; in a group it is told in private', async (t) => {
  const house = await openBotHouse(t);
  const { host } = house;
  await inviteGuests(house, ['Anna']);
  const group = (await host.createGroup('The flat', [])).id;
  await host.say(group, '/start_party');
  await host.waitForMessage(says(/^The party’s on until/));
  await host.say(group, '/status');
  await host.press(await host.waitForMessage(says(/Still to come: Anna/)), 'Anna is here');
  const arrival = await host.waitForMessage(says(/^Anna is here!/));
  assert.equal(arrival.chat.id, group);
  await host.press(arrival, 'Why?');
  const why = await host.waitForMessage(
    says(/^Anna came at \d\d:\d\d: one of you told me, not the camera\.$/),
  );
  assert.equal(why.chat.id, host.bot);
});
