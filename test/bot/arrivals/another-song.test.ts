import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BotHouse, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { doorOf, faceLike, inviteGuests } from '../../support/door.ts';
import { silentMp3 } from '../../support/silence.ts';

async function addSong({ services }: BotHouse, id: string, title: string, carol = false): Promise<void> {
  const key = `songs/${id}`;
  await services.storage.put(key, silentMp3(40 + id.length), 'audio/mpeg');
  await services.songs.put({ id, title, key, fileName: `${id}.mp3`, contentType: 'audio/mpeg', carol });
}

test('another song plays where the guest was announced, is picked in private, and is the guest’s then', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await inviteGuests(house, ['Anna']);
  await addSong(house, 'wrong', 'Last Christmas');
  await addSong(house, 'right', 'Wonderwall');
  await services.guests.setSong('anna', 'wrong');
  const group = (await host.createGroup('The flat', [])).id;
  await host.say(group, '/start_party');
  await host.waitForMessage(says(/^The party’s on until/));
  await doorOf(house).shows(faceLike({ anna: 95 }));
  const arrival = await host.waitForMessage(says(/^Anna is here!$/));

  await host.pressAndWait(arrival, 'Another song');
  const choice = await host.waitForMessage(says(/^Which song for Anna\?$/));
  assert.equal(choice.chat.id, host.bot);
  assert.deepEqual(labels(choice), ['Wonderwall']);
  await host.press(choice, 'Wonderwall');
  const played = await host.waitForMessage(says(/^Another song for Anna$/));
  assert.equal(played.chat.id, group);
  assert.equal(played.audio?.title, 'Wonderwall');
  assert.equal(played.reply_to_message?.message_id, arrival.message_id);

  const told = await host.waitForMessage(says(/^Now it’s “Wonderwall” for Anna, and next time too\.$/));
  assert.equal((await services.guests.get('anna'))?.songId, 'right');
  const party = (await services.parties.on())!;
  assert.equal((await services.arrivals.get(party.id, 'anna'))?.songId, 'right');
  await host.press(told, 'Undo');
  await host.waitForMessage(says(/Last Christmas/));
  assert.equal((await services.guests.get('anna'))?.songId, 'wrong');
});

test('a carol plays and becomes nobody’s; without any other song that is said', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await inviteGuests(house, ['Anna', 'Ben']);
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/^The party’s on until/));
  const door = doorOf(house);
  await door.shows(faceLike({ anna: 95 }));
  const silent = await host.waitForMessage(says(/^Anna is here!$/));
  assert.match((await host.pressAndWait(silent, 'Another song')).text ?? '', /^I have no other song/);

  await addSong(house, 'silent', 'Silent Night', true);
  await host.press(silent, 'Another song');
  await host.press(await host.waitForMessage(says(/^Which song for Anna\?$/)), 'Silent Night');
  await host.waitForMessage(says(/^Now it’s “Silent Night” for Anna\.$/));
  assert.equal((await services.guests.get('anna'))?.songId, undefined);
});
