import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHeld } from '../../../party/forget/held.ts';
import { storageKey } from '../../../party/stores/storage-key.ts';
import { labels, says } from '../../support/bot-house.ts';
import { becomeCoHost } from '../../support/co-host.ts';
import { inviteGuests } from '../../support/door.ts';
import { eventually } from '../../support/eventually.ts';
import { asksWho, cardWithPicture, openStrangersHouse } from '../../support/strangers.ts';

test('a new guest gets a name, then a song, and arrives with it; kept, the face is theirs at the next party', async (t) => {
  const house = await openStrangersHouse(t, { songs: true });
  const { host, services } = house;
  await house.comes(3);
  const card = await cardWithPicture(house);
  await host.press(card, 'New guest');
  await host.waitForMessage(says(/^What’s their name\?/));
  const { message_id: cancel } = await host.say(host.bot, '/cancel');
  await host.waitForMessage(says(/^OK, cancelled\.$/));
  await host.press(card, 'New guest');
  const question = await host.waitForMessage(
    (one) => one.message_id > cancel && says(/^What’s their name\?/)(one),
  );
  await host.say(host.bot, 'Gerda', { replyTo: question.message_id });
  const songs = await host.waitForMessage(says(/^Which song for Gerda\?/));
  assert.deepEqual(labels(songs), ['Wonderwall', 'A carol']);
  const [gerda] = await services.guests.list();
  const party = (await services.parties.on())!;
  assert.equal(await services.arrivals.get(party.id, gerda!.id), undefined, 'not before the song is chosen');
  await host.press(songs, 'Wonderwall');
  await host.waitForMessage(says(/^Now it’s “Wonderwall” for Gerda\.$/));
  assert.ok(await services.arrivals.get(party.id, gerda!.id));

  // Another one's question is left alone: they come all the same, once.
  await house.minutePasses();
  await house.comes(4, 0.7);
  const other = await host.waitForMessage(
    (one) => one.message_id > songs.message_id && asksWho(one) && one.photo !== undefined,
  );
  await host.press(other, 'New guest');
  const who = await host.waitForMessage(
    (one) => one.message_id > other.message_id && says(/^What’s their name\?/)(one),
  );
  await host.say(host.bot, 'Hugo', { replyTo: who.message_id });
  const left = await host.waitForMessage(
    says(/^Which song for Hugo\? .* a carol if you don’t say within a minute\.$/),
  );
  await house.minutePasses();
  await host.waitForMessage(says(/^Hugo is here!/));
  await house.minutePasses();
  assert.equal((await host.messages()).filter(says(/^Hugo is here!/)).length, 1);
  await host.press(left, 'Wonderwall');
  await host.waitForMessage(
    says(/^I’ve announced Hugo with a carol meanwhile\. From next time on it’s “Wonderwall”\.$/),
  );

  const named = await host.waitForMessage(says(/^Got it, it’s Gerda!$/));
  await host.press(named, 'Keep this face for next time');
  await host.waitForMessage(says(/^Got it, it’s Gerda! I’ll know this face next time, too\.$/));
  const [face] = await house.unknown();
  await host.say(host.bot, '/end_party');
  await host.waitForMessage(says(/^The party’s over/));
  await house.minutePasses();
  const held = await readHeld(services);
  assert.deepEqual(held.faces, [face!.photo!.faceId]);
  assert.deepEqual(
    held.objects.filter((key) => key.includes('unknown')),
    [storageKey.photo(face!.photo!.photoId)],
  );
  const { message_id: before } = await host.say(host.bot, '/start_party');
  await host.waitForMessage((one) => one.message_id > before && says(/^The party’s on until/)(one));
  house.door.later(1000);
  await house.comesAgain(face!);
  await host.waitForMessage((one) => one.message_id > before && says(/^Gerda is here!$/)(one));
});

test('of two hosts who press at once one answer counts, and both cards say it', async (t) => {
  const house = await openStrangersHouse(t);
  const { host, services } = house;
  const coHost = await becomeCoHost(house);
  await inviteGuests(house, ['Anna', 'Ben']);
  await house.comes(3);
  const both = [host, coHost];
  const asked = await Promise.all(both.map((one) => cardWithPicture({ host: one })));
  await Promise.all([host.press(asked[0]!, '1 · Anna'), coHost.press(asked[1]!, '2 · Ben')]);
  await eventually('both cards say who it is', async () => {
    const [face] = await house.unknown();
    const name = face?.guestId === 'anna' ? 'Anna' : 'Ben';
    const told = await Promise.all(
      both.map(async (one) => (await one.messages()).filter(says(/^Got it, it’s/))),
    );
    return told.every(([first, ...others]) => others.length === 0 && first?.caption?.includes(name) === true);
  });
  const party = (await services.parties.on())!;
  assert.equal((await services.arrivals.list(party.id)).length, 1);
});
