import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleName } from '../../local/rehearsal/rehearsal.text.ts';
import { readHeld } from '../../party/forget/held.ts';
import { says } from '../support/bot-house.ts';
import { eventually } from '../support/eventually.ts';
import { claim, isArrival, openHouse } from '../support/house.ts';
import { filesWith, pictures, quickly, someones } from '../support/rehearsal.ts';

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
  assert.ok(
    shown.some(({ caption, text }) =>
      /someone at the door I don’t know|so I’ve forgotten this face/.test(caption ?? text ?? ''),
    ),
    'and who is unknown is asked about',
  );
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

  // A real party is never disturbed.
  await host.say(host.bot, '/start_party');
  await eventually('a party is on', async () => (await house.services.parties.on()) !== undefined);
  await assert.rejects(rehearsal.begin(), /A party is on/);
  await rehearsal.clear();
  assert.ok(await house.services.parties.on());
});
