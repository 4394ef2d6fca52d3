import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sampleName } from '../../local/rehearsal/rehearsal.text.ts';
import { Rehearsal } from '../../local/rehearsal/rehearsal.ts';
import { type Held, readHeld } from '../../party/forget/held.ts';
import { labels, says } from '../support/bot-house.ts';
import { eventually } from '../support/eventually.ts';
import { claim, isArrival, openHouse, type TestHouse } from '../support/house.ts';

/** A rehearsal in this house that loses no time. */
const quickly = (house: TestHouse, pace = () => 0): Rehearsal =>
  new Rehearsal({
    folder: house.folder,
    telegram: house.telegram!,
    camera: house.camera,
    services: house.services,
    aws: house.aws,
    startCode: async () => undefined,
    carols: () => house.carols,
    pace,
  });

/** The files of a data folder, below it, in which these words stand. */
function filesWith(words: string, folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name));
  return paths.filter((path) => readFileSync(path).includes(words));
}

/** The pictures and music of the chat, and the camera's pictures. */
const pictures = (folder: string): string[] =>
  ['telegram/files', 'camera/pictures'].flatMap((place) =>
    readdirSync(join(folder, place), { recursive: true })
      .map(String)
      .filter((name) => /\.(jpg|mp3)$/.test(name)),
  );

/** What is somebody's, in a house that has hosts and carols. */
function someones({ items, objects, faces }: Held): unknown[] {
  const nobodys = /^(HOSTS|UPDATE#|WISH|PULSE|SETTINGS|LEFTOVERS)|^PARTY$/;
  return [
    ...items.filter(({ pk, carol }) => !nobodys.test(pk) && carol === undefined),
    ...objects.filter((key) => !key.startsWith('songs/')),
    ...faces,
  ];
}

test('the rehearsal is one evening by all that a real one takes, and leaves nothing once it is cleared', async (t) => {
  const house = await openHouse(t);
  const host = await house.person('host');
  await claim(house, host);
  await host.waitForMessage(says(/1\. Send me a photo/));
  const before = await host.messages();
  await house.camera.choose('off');
  const rehearsal = quickly(house);

  const foreign = await fetch(`${house.pageUrl}/rehearsal`, { method: 'POST' });
  assert.equal(foreign.status, 403, 'no other site’s page begins it');
  await rehearsal.begin();
  await assert.rejects(rehearsal.begin(), /showing it already/);
  await assert.rejects(rehearsal.clear(), /showing it already/);
  await rehearsal.done;
  assert.equal(rehearsal.state.step, 'over', JSON.stringify(rehearsal.state));
  assert.match(
    (rehearsal.state as { telling: string }).telling,
    /rehearsal: Anna was announced \d+\.\d s after her face appeared/,
  );

  const shown = (await host.messages()).slice(before.length);
  const [photo] = shown;
  assert.equal(photo?.caption, sampleName);
  const arrivals = shown.filter(isArrival);
  assert.equal(arrivals.length, 1, 'she alone, and not who is unknown');
  assert.equal(arrivals[0]?.caption, `${sampleName} is here!`);
  assert.ok(arrivals[0]?.audio, 'with a carol');
  const snapshot = shown.find(({ photo, from }) => photo && from?.is_bot);
  assert.equal(snapshot?.reply_to_message?.message_id, arrivals[0]?.message_id);
  assert.match(shown.at(-2)?.text ?? '', /^The party’s over/);
  assert.match(shown.at(-1)?.caption ?? '', /Your guest came\.$/, 'the recap’s picture comes last');
  assert.equal(house.camera.state.source, 'off', 'the camera is what it was');
  assert.notDeepEqual(someones(await readHeld(house.services)), [], 'it made something');

  assert.notDeepEqual(filesWith(sampleName, house.folder), []);
  assert.notDeepEqual(pictures(house.folder), []);

  await assert.rejects(rehearsal.begin(), /First clear the last/);
  await host.say(host.bot, '/guests');
  await host.waitForMessage(says(/^1 guest/));
  await rehearsal.clear();
  assert.deepEqual(filesWith(sampleName, house.folder), [], 'nor is it in a log');
  assert.deepEqual(pictures(house.folder), []);
  assert.deepEqual(rehearsal.state, { step: 'none' });
  assert.deepEqual(someones(await readHeld(house.services)), []);
  assert.deepEqual(await host.messages(), before);

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
  const first = shown.at(-1)!.message_id;
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

  // A real party is never disturbed.
  await host.say(host.bot, '/start_party');
  await eventually('a party is on', async () => (await house.services.parties.on()) !== undefined);
  await assert.rejects(next.begin(), /A party is on/);
  await next.clear();
  assert.ok(await house.services.parties.on());
});
