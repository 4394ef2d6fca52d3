import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Picture } from '../../../vision/face.ts';
import { guestsOf, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { groupPortrait, groupRecognizer } from '../../support/group-photo.ts';
import { agreeTo, asksAbout, guestCode, signUp, tracesOf } from '../../support/sign-ups.ts';
import { silentMp3 } from '../../support/silence.ts';

const recognizer = groupRecognizer;

test('three presses, with a profile photo and a profile’s song, and the host’s Welcome: they are on the list', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host, stand, services } = house;
  const code = await guestCode(house);
  const gina = await stand.person('guest');
  await gina.showOnProfile('photo', await groupPortrait([1]));
  await gina.showOnProfile('audio', silentMp3(40, { title: 'Dancing Queen', artist: 'ABBA' }), 'queen.mp3');

  await gina.say(gina.bot, `/start ${code}`);
  const consent = await gina.waitForMessage(says(/^Hi Gina! Holly invites you to a party\./));
  assert.deepEqual(labels(consent), ['I agree', 'No, thanks']);
  assert.deepEqual(await tracesOf(house, gina), [], 'nothing is kept before they agree');
  await gina.press(consent, 'I agree');
  const photo = await gina.waitForMessage(says(/Use your profile photo, or send me a selfie/));
  await gina.press(photo, 'Use my profile photo');
  const song = await gina.waitForMessage(says(/^That’s a good photo/));
  assert.equal(song.message_id, photo.message_id, 'one message asks all');
  assert.deepEqual(labels(song), ['My profile’s song: ABBA – Dancing Queen', 'Surprise me']);
  await gina.press(song, 'My profile’s song: ABBA – Dancing Queen');
  await gina.waitForMessage(says(/^Thanks! I’ve asked Holly.*\n♪ ABBA – Dancing Queen/));

  const card = await host.waitForMessage(asksAbout(gina));
  assert.ok(card.photo, 'with the photo');
  assert.equal(
    card.caption,
    'Gina would like to come.\n♪ ABBA – Dancing Queen\n\nIs this Gina, and did you invite them? Then press Welcome.',
  );
  assert.deepEqual(labels(card), ['Welcome', 'Decline', '▶ Listen']);
  // Until Welcome nothing of theirs is searched, for there is nothing.
  assert.deepEqual(await services.collection.faces(), []);
  assert.deepEqual(await services.storage.list('photos/'), []);
  assert.deepEqual(await services.storage.list('songs/'), []);
  assert.deepEqual(await services.guests.list(), []);
  await host.press(card, '▶ Listen');
  assert.equal((await host.waitForMessage(({ audio }) => audio !== undefined)).audio?.title, 'Dancing Queen');

  await host.press(card, 'Welcome');
  await gina.waitForMessage(says(/^You’re on the list! See you at the door, Gina\.\n♪ ABBA – Dancing Queen/));
  const settled = await host.waitForMessage(says(/^Gina is on the list, and I’ve told them\./));
  assert.deepEqual(labels(settled), []);
  assert.deepEqual(await guestsOf(house), ['Gina 1']);
  const [guest] = await services.guests.list();
  assert.equal((await services.songs.get(guest!.songId!))?.title, 'Dancing Queen');
  assert.equal((await services.collection.faces()).length, 1);
});

test('whoever does not agree is kept nothing of, and may think again', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const code = await guestCode(house);
  const gina = await house.stand.person('guest');
  await gina.say(gina.bot, `/start ${code}`);
  const consent = await gina.waitForMessage(says(/Is that OK\?$/));
  await gina.press(consent, 'No, thanks');
  const refused = await gina.waitForMessage(says(/^OK, then I won’t know you at the door/));
  assert.equal(refused.message_id, consent.message_id);
  assert.deepEqual(await tracesOf(house, gina), []);
  await gina.sendPhoto(gina.bot, await groupPortrait([1]));
  await gina.waitForMessage(says(/^Hi! I only take orders/));
  assert.deepEqual(await house.services.storage.list('photos/'), []);
  assert.ok(await agreeTo(gina, code));
});

test('five people add themselves at once, and see nothing of each other', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host, stand, services } = house;
  const code = await guestCode(house);
  const names = ['Ada', 'Bo', 'Cleo', 'Dan', 'Eve'];
  const people = await Promise.all(names.map((name) => stand.newPerson(name)));
  const cards = await Promise.all(
    people.map(async (one, index) => signUp(house, one, code, await groupPortrait([index + 1]))),
  );
  assert.deepEqual(await services.collection.faces(), []);
  await Promise.all(cards.map((card) => host.press(card, 'Welcome')));
  await Promise.all(people.map((one) => one.waitForMessage(says(/^You’re on the list!/))));
  assert.deepEqual(
    await guestsOf(house),
    names.map((name) => `${name} 1`),
  );
  for (const [index, one] of people.entries()) {
    const heard = JSON.stringify(await one.messages());
    for (const other of names.toSpliced(index, 1)) assert.ok(!heard.includes(`${other} `), other);
  }
});

test('a declined selfie is gone from bucket, table, collection and the host’s chat, and the link is closed to them', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host, stand } = house;
  const code = await guestCode(house);
  const gina = await stand.person('guest');
  const card = await signUp(house, gina, code, await groupPortrait([1]));
  await gina.say(gina.bot, '/forget');
  const forgetMe = await gina.waitForMessage(says(/^Shall I forget you\?/));
  await host.press(card, 'Decline');
  await gina.waitForMessage(
    says(
      /^Sorry, Holly hasn’t put you on the list\. I’ve deleted your photo.* ask Holly, who can let you try again\.$/,
    ),
  );
  const told = await host.waitForMessage(
    says(/^OK, Gina isn’t on the list\..* Only their own chat with me still has what they sent/),
  );
  assert.deepEqual(await tracesOf(house, gina), []);
  assert.ok(!(await host.messages()).some(({ message_id: id }) => id === card.message_id));
  // Whatever they write from now on, they are told what is true for them.
  const declined = says(
    /^Sorry, Holly hasn’t put you on the list this time, and I’ve kept nothing of yours\./,
  );
  for (const said of [`/start ${code}`, 'Why?', '/start']) {
    const { message_id: asked } = await gina.say(gina.bot, said);
    await gina.waitForMessage((message) => message.message_id > asked && declined(message));
  }
  await gina.say(gina.bot, '/forget_me');
  await gina.waitForMessage(says(/^I’ve nothing here that I know is yours\./));
  const { text: pressed = '' } = await gina.pressAndWait(forgetMe, 'Forget me');
  assert.match(pressed, /^I’ve nothing here that I know is yours\./);
  assert.ok(pressed.length <= 200, 'as much as Telegram shows');

  await host.press(told, 'Let them try again');
  await host.waitForMessage(says(/^OK, I’ve asked Gina once more\.$/));
  const again = await gina.waitForMessage(
    says(/^Good news: Holly lets you try again\.\n\nHi Gina! Holly invites you/),
  );
  await gina.press(again, 'I agree');
  await gina.waitForMessage(
    (message) => message.message_id > again.message_id && says(/^Great! How will I know you\?/)(message),
  );
});

test('every photo is judged at once, as a host’s is, and another one may be better', async (t) => {
  const dark = 20;
  const house = await openBotHouse(t, {
    recognizer: {
      ...recognizer,
      find: async (picture: Picture, ...rest) => {
        const faces = await recognizer.find(picture, ...rest);
        const isDark = Math.round(picture.data[300]! / 10) === dark;
        return isDark ? faces.map((face) => ({ ...face, quality: { brightness: 5, sharpness: 80 } })) : faces;
      },
    },
  });
  const { stand, host } = house;
  const code = await guestCode(house);
  const gina = await stand.person('guest');
  await agreeTo(gina, code);
  await gina.sendPhoto(gina.bot, await groupPortrait([dark]));
  await gina.waitForMessage(says(/^That photo is too dark/));
  await gina.sendPhoto(gina.bot, await groupPortrait([1, 2]));
  await gina.waitForMessage(says(/^I see 2 faces in that photo\. Please crop it to one\.$/));
  await gina.send(gina.bot, 'document', Buffer.from('%PDF-1.7 not a photo'), 'me.pdf');
  await gina.waitForMessage(says(/^I can’t use that file\. Send me a selfie as a photo, or a song/));
  await gina.send(gina.bot, 'document', await groupPortrait([3]), 'me.jpg');
  await gina.press(await gina.waitForMessage(says(/^That’s a good photo/)), 'Surprise me');
  const card = await host.waitForMessage(asksAbout(gina));
  assert.ok(card.document, 'as it was sent');
  // A better one comes while the host is asked: a new card in place of the old one.
  await gina.sendPhoto(gina.bot, await groupPortrait([1]));
  const anew = await host.waitForMessage(
    (message) => asksAbout(gina)(message) && message.photo !== undefined,
  );
  assert.ok(!(await host.messages()).some(({ message_id: id }) => id === card.message_id));
  await host.press(anew, 'Welcome');
  await gina.waitForMessage(says(/^You’re on the list!/));
  assert.deepEqual(await guestsOf(house), ['Gina 1']);
});
