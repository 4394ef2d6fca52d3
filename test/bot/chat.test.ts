import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import type { Arrival } from '../../party/arrivals/arrivals.ts';
import type { Chat } from '../../party/chat.ts';
import { hour, minute, second } from '../../party/clock.ts';
import { createDispatcher } from '../../party/dispatch.ts';
import { ChatGoneError, NotSentError, TooManyMessagesError, UnsendableError } from '../../party/errors.ts';
import { type Recap, readRecap } from '../../party/parties/recap.ts';
import { songOfArrival } from '../../party/songs/song-of-arrival.ts';
import type { Song } from '../../party/songs/songs.ts';
import { diedSending } from '../support/abandoned.ts';
import { portrait } from '../support/portraits.ts';
import { silentMp3 } from '../support/silence.ts';
import { openPartyChats, type PartyChat, type PartyChats } from '../support/telegram/party-chat.ts';

const evening = Date.parse('2026-12-24T20:15:00+01:00');

let chats: PartyChats;
before(async () => {
  chats = await openPartyChats();
});
after(() => chats.close());

/** A party that is on, and somebody at the door. */
async function openParty(t: TestContext, options = {}) {
  const opened = await chats.open(t, options);
  const { services, chat, chatId } = opened;
  const party = (await services.parties.start({
    chatId,
    startedBy: chats.host.person.id,
    endsAt: services.now() + hour,
  }))!;
  const announce = async (arrival: Arrival) =>
    chat.announceArrival(arrival, await songOfArrival(services, arrival));
  const arrivalOf = async (guestId: string, name: string): Promise<Arrival> => {
    const box = { left: 0, top: 0, width: 1, height: 1 };
    const place = { chatId, hostId: party.startedBy };
    const arrival = { partyId: party.id, guestId, name, ...place, time: evening, box, similarity: 97 };
    await diedSending(services.outbox, arrival);
    return arrival;
  };
  /** The newest message. */
  const last = async (): Promise<PersonMessage> => (await opened.messages()).at(-1)!;
  const dispatcher = createDispatcher(services, chat);
  const sendPending = () => dispatcher.sendPending({ until: services.now() });
  return { ...opened, stand: chats.stand, host: chats.host, party, announce, arrivalOf, last, sendPending };
}

async function addSong({ services }: Pick<PartyChat, 'services'>, id: string, carol = false): Promise<Song> {
  const song = {
    id,
    title: `Song ${id}`,
    key: `songs/${id}`,
    fileName: `${id}.mp3`,
    contentType: 'audio/mpeg',
    carol,
  };
  await services.storage.put(song.key, silentMp3(40 + id.length), song.contentType);
  await services.songs.put(song);
  return song;
}

test('an arrival is the guest’s song with name and time; the second time without an upload', async (t) => {
  const house = await openParty(t);
  const { services, announce, arrivalOf, last, stand } = house;
  await addSong(house, 'one');
  await services.guests.add('g1', '<b>Ann & a</b>');
  await services.guests.setSong('g1', 'one');
  const arrival = await arrivalOf('g1', '<b>Ann & a</b>');
  const messageId = await announce(arrival);
  const message = await last();
  assert.equal(message.message_id, messageId);
  assert.equal(message.caption, '<b>Ann & a</b> is here!');
  assert.deepEqual(message.caption_entities, [{ type: 'bold', offset: 0, length: 14 }]);
  assert.equal(message.audio?.title, 'Song one');

  const remembered = (await services.songs.get('one'))?.fileIds?.[String(stand.telegram.bot.id)];
  assert.equal(remembered, message.audio?.file_id);
  await services.storage.delete('songs/one');
  await announce(arrival);
  assert.ok((await last()).audio);
});

test('a guest without a song gets the next carol, and the same one with every try', async (t) => {
  const house = await openParty(t);
  const { services, announce, arrivalOf, last, stand } = house;
  for (const id of ['c1', 'c2', 'c3']) await addSong(house, id, true);
  const titles = new Set<string>();
  for (const id of ['g1', 'g2', 'g3']) {
    await services.guests.add(id, id);
    const arrival = await arrivalOf(id, id);
    stand.telegram.faults.next('sendAudio', { status: 500 });
    await assert.rejects(announce(arrival), NotSentError);
    const kept = await services.arrivals.get(arrival.partyId, id);
    await announce(kept!);
    titles.add((await last()).audio?.title ?? '');
  }
  assert.deepEqual([...titles].sort(), ['Song c1', 'Song c2', 'Song c3']);
});

test('without any song the arrival is a text, with the name in bold', async (t) => {
  const { announce, arrivalOf, last } = await openParty(t);
  await announce(await arrivalOf('g1', 'نور'));
  const message = await last();
  assert.equal(message.text, '\u2068نور\u2069 is here!');
});

test('a file_id that Telegram refuses falls back to the upload', async (t) => {
  const house = await openParty(t);
  const { services, announce, arrivalOf, last, stand } = house;
  await addSong(house, 'one');
  await services.songs.rememberFileId(
    (await services.songs.get('one'))!,
    stand.telegram.bot.id,
    'AgADnot-a-file-id',
  );
  await services.guests.add('g1', 'Anna');
  await services.guests.setSong('g1', 'one');
  await announce(await arrivalOf('g1', 'Anna'));
  const message = await last();
  const fileIds = (await services.songs.get('one'))?.fileIds;
  assert.equal(fileIds?.[String(stand.telegram.bot.id)], message.audio?.file_id);
});

test('a song that Telegram does not take is no reason to be silent', async (t) => {
  const house = await openParty(t);
  const { services, announce, arrivalOf, last } = house;
  const song = await addSong(house, 'one');
  await services.storage.put(song.key, Buffer.from('no music at all'), 'audio/mpeg');
  await services.guests.add('g1', 'Anna');
  await services.guests.setSong('g1', 'one');
  await announce(await arrivalOf('g1', 'Anna'));
  assert.equal((await last()).text, 'Anna is here!');
});

test('neither is one that storage has lost', async (t) => {
  const house = await openParty(t);
  const { services, announce, arrivalOf, last } = house;
  const song = await addSong(house, 'one');
  await services.storage.delete(song.key);
  await services.guests.add('g1', 'Anna');
  await services.guests.setSong('g1', 'one');
  await announce(await arrivalOf('g1', 'Anna'));
  assert.equal((await last()).text, 'Anna is here!');
});

/** What the host was told in private. */
async function toldHost(): Promise<string[]> {
  const messages = await chats.host.messages();
  return messages.filter(({ from }) => from?.is_bot).map(({ text = '' }) => text);
}

for (const [what, bytes] of [
  ['that Telegram does not take', Buffer.from('no music at all')],
  ['that storage has lost', undefined],
] as const) {
  test(`in place of a song ${what} a carol plays, the host is told once, and the recap names the carol`, async (t) => {
    const house = await openParty(t);
    const { services, party, stand, announce, arrivalOf, last, sendPending, host } = house;
    await addSong(house, 'carol', true);
    const song = await addSong(house, 'one');
    if (bytes) await services.storage.put(song.key, bytes, 'audio/mpeg');
    else await services.storage.delete(song.key);
    await host.say(host.bot, '/start');
    const before = (await toldHost()).length;
    for (const name of ['Anna', 'Berta']) {
      await services.guests.add(name, name);
      await services.guests.setSong(name, 'one');
      await announce(await arrivalOf(name, name));
      const message = await last();
      assert.equal(message.caption, `${name} is here!`);
      assert.equal(message.audio?.title, 'Song carol');
    }
    await services.parties.end(party);
    // The host's chat takes no messages for a moment, and the party is over: the word is not lost.
    stand.telegram.faults.next('sendMessage', { status: 429, retryAfter: 5 });
    await sendPending();
    assert.deepEqual((await toldHost()).slice(before), []);
    services.clock.pass(6 * second);
    await sendPending();
    assert.deepEqual((await toldHost()).slice(before), [
      'I couldn’t play “Song one” for Anna, so I played a carol. Send me the song again, as an MP3 or M4A file.',
    ]);
    const { came } = await readRecap(services, party, 'asked');
    assert.deepEqual(
      came.map(({ song }) => song?.title),
      ['Song carol', 'Song carol'],
    );
  });
}

test('where no carol can be sent either the recap names no song', async (t) => {
  const house = await openParty(t);
  const { services, announce, arrivalOf, last, sendPending, host } = house;
  for (const [id, carol] of [
    ['one', false],
    ['carol', true],
  ] as const) {
    const song = await addSong(house, id, carol);
    await services.storage.put(song.key, Buffer.from('no music at all'), 'audio/mpeg');
  }
  await host.say(host.bot, '/start');
  await services.guests.add('g1', 'Anna');
  await services.guests.setSong('g1', 'one');
  await announce(await arrivalOf('g1', 'Anna'));
  assert.equal((await last()).text, 'Anna is here!');
  await sendPending();
  assert.match(
    (await toldHost()).at(-1)!,
    /^I couldn’t play “Song one” for Anna, so there was no music\. Send me/,
  );
  const { came } = await readRecap(services, (await services.parties.latest())!, 'asked');
  assert.deepEqual(
    came.map(({ song }) => song),
    [undefined],
  );
});

test('in a chat that takes no music words have to do, and no song is to blame', async (t) => {
  const house = await openParty(t);
  const { services, announce, arrivalOf, last, sendPending, host, stand } = house;
  await addSong(house, 'carol', true);
  await addSong(house, 'one');
  await services.guests.add('g1', 'Anna');
  await services.guests.setSong('g1', 'one');
  await host.say(host.bot, '/start');
  const before = await toldHost();
  const description = 'Bad Request: not enough rights to send music to the chat';
  stand.telegram.faults.next('sendAudio', { status: 400, description });
  await announce(await arrivalOf('g1', 'Anna'));
  assert.equal((await last()).text, 'Anna is here!');
  await sendPending();
  assert.deepEqual(await toldHost(), before);
  const { came } = await readRecap(services, (await services.parties.latest())!, 'asked');
  assert.deepEqual(
    came.map(({ song }) => song),
    [undefined],
  );
});

test('a host who cannot be told is no reason for an arrival to come twice', async (t) => {
  const house = await openParty(t);
  const { services, announce, arrivalOf, messages, sendPending, host } = house;
  const song = await addSong(house, 'one');
  await services.storage.delete(song.key);
  await services.guests.add('g1', 'Anna');
  await services.guests.setSong('g1', 'one');
  await host.say(host.bot, '/start');
  await host.block(true);
  t.after(() => host.block(false));
  await announce(await arrivalOf('g1', 'Anna'));
  await sendPending();
  assert.equal((await messages()).length, 1);
});

const refusals: Array<{ status: number; retryAfter?: number; waits: number; gone?: boolean }> = [
  { status: 429, retryAfter: 7, waits: 7_000 },
  { status: 500, waits: 10_000 },
  { status: 502, waits: 10_000 },
  { status: 401, waits: 60_000 },
  { status: 403, waits: 60_000, gone: true },
];
for (const { waits, gone = false, ...fault } of refusals) {
  test(`a refusal with ${fault.status} is surely not sent, and says when to try again`, async (t) => {
    const { services, announce, arrivalOf, messages, stand } = await openParty(t);
    const arrival = await arrivalOf('g1', 'Anna');
    stand.telegram.faults.next('sendMessage', fault);
    await assert.rejects(announce(arrival), (error) => {
      assert.ok(error instanceof NotSentError);
      assert.equal(error instanceof ChatGoneError, gone);
      assert.equal(error.retryAt, services.now() + waits);
      assert.doesNotMatch(inspect(error, { depth: 9 }), /Anna|TEST_token/);
      return true;
    });
    assert.deepEqual(await messages(), []);
  });
}

for (const fault of [{ cut: 'after' }, { cut: 'before' }, { hang: 'after' }] as const) {
  test(`whether it was sent is open after ${JSON.stringify(fault)}, and no secret is in the error`, async (t) => {
    // A call that hangs is given up soon.
    const { announce, arrivalOf, stand } = await openParty(t, { timeoutSeconds: 1 });
    const arrival = await arrivalOf('g1', 'Anna');
    stand.telegram.faults.next('sendMessage', fault);
    await assert.rejects(announce(arrival), (error) => {
      assert.ok(error instanceof Error && !(error instanceof NotSentError));
      assert.doesNotMatch(inspect(error, { depth: 9 }), /TEST_token/);
      return true;
    });
  });
}

test('the snapshot is a reply to the arrival', async (t) => {
  const { chat, announce, arrivalOf, last } = await openParty(t);
  const arrival = await arrivalOf('g1', 'Anna');
  const messageId = await announce(arrival);
  await chat.sendArrivalPicture({ ...arrival, messageId }, await portrait('anna'));
  const reply = await last();
  assert.equal(reply.reply_to_message?.message_id, messageId);
  assert.equal(reply.silent, true);
});

const texts: Array<[what: string, tell: (chat: Chat, chatId: number) => Promise<void>, text: RegExp]> = [
  [
    'a gap',
    (chat, chatId) => chat.reportGap({ partyId: 'p', chatId, from: evening, to: evening + 95_000 }),
    /^I’m back! I missed 20:15:00–20:16:35: the camera was gone, or its computer slept\./,
  ],
  [
    'a gap of which the cause is known',
    (chat, chatId) =>
      chat.reportGap({ partyId: 'p', chatId, from: evening, to: evening + 95_000, cause: 'not running' }),
    /^I’m back! I missed 20:15:00–20:16:35: I wasn’t running\./,
  ],
  [
    'a gap since the party began',
    (chat, chatId) =>
      chat.reportGap({
        ...{ partyId: new Date(evening).toISOString(), chatId, from: evening, to: evening + 95_000 },
        cause: 'camera off',
      }),
    /^I can see the door now! From 20:15:00 to 20:16:35 I couldn’t: no picture came from the camera\. If/,
  ],
  [
    'a video that has ended',
    (chat, chatId) => chat.reportSilence({ chatId }, evening, 'video ended'),
    /^I can’t see the door: the video ended at 20:15:00\. Play it again/,
  ],
  [
    'a silent camera',
    (chat, chatId) => chat.reportSilence({ chatId }, evening),
    /^I can’t see the door \(since 20:15:00\)\./,
  ],
  [
    'a clock that is wrong',
    (chat, chatId) => chat.reportClockOff({ chatId }),
    /^The clock of the camera’s computer is more than 30 seconds off/,
  ],
  [
    'an alarm',
    (chat, chatId) =>
      chat.reportAlarm({ chatId }, { name: 'MusicalJoy-MatchErrors', state: 'over', time: evening }),
    /^The door is fine again\.$/,
  ],
  [
    'a recognition that runs on',
    (chat, chatId) => chat.reportRecognitionRunning({ chatId }, 'the service is busy'),
    /^The party’s over, but I can’t stop watching yet: the service is busy\./,
  ],
];
test('whatever else people are told is told in words of its own, or surely not at all when it is refused', async (t) => {
  const { chat, chatId, last, stand } = await openParty(t);
  for (const [what, tell, text] of texts) {
    await tell(chat, chatId);
    assert.match((await last())?.text ?? '', text, what);
    stand.telegram.faults.next('sendMessage', { status: 429, retryAfter: 5 });
    await assert.rejects(tell(chat, chatId), NotSentError, what);
    stand.telegram.faults.next('sendMessage', { cut: 'before' });
    await assert.rejects(tell(chat, chatId), { name: 'HttpError' }, what);
  }
});

/** A recap of so many guests. */
const recapOf = (guests: number): Recap => ({
  audience: 'host',
  reason: 'time is over',
  startedAt: evening,
  endedAt: evening + 3_600_000,
  came: Array.from({ length: guests }, (_, index) => ({
    name: `Guest ${index}`,
    time: evening + index,
    ...(index === 0 && { song: { title: 'Last Christmas', performer: 'Wham!' } }),
  })),
  missed: ['Bob'],
  gaps: [{ from: evening, to: evening + 120_000 }],
});

test('a recap for all says who came, and thanks; who did not is the host’s to know', async (t) => {
  const { chat, chatId, last } = await openParty(t);
  await chat.sendRecap({ chatId }, { ...recapOf(2), audience: 'guests' }, 0, async () => {});
  assert.equal(
    (await last())?.text,
    [
      'Time’s up: the party’s over (20:15 to 21:15).',
      '20:15 Guest 0 ♪ Wham! – Last Christmas',
      '20:15 Guest 1',
      'Thank you all for coming. See you next time!',
    ].join('\n'),
  );
});

test('a recap is a list of who came and who did not', async (t) => {
  const { chat, chatId, last } = await openParty(t);
  await chat.sendRecap({ chatId }, recapOf(2), 0, async () => {});
  assert.equal(
    (await last())?.text,
    [
      'Time’s up: the party’s over (20:15 to 21:15).',
      '2 of 3 guests came:',
      '20:15 Guest 0 ♪ Wham! – Last Christmas',
      '20:15 Guest 1',
      'I didn’t see:',
      '– Bob',
      'I couldn’t see the door from 20:15:00 to 20:17:00.',
      'See you next time!',
    ].join('\n'),
  );
});

test('a recap in several messages goes on after those that are there, and says after each how many are', async (t) => {
  const { chat, chatId, stand, messages } = await openParty(t);
  const recap = recapOf(400);
  const marks: number[] = [];
  const send = (told: number) =>
    chat.sendRecap({ chatId }, recap, told, async (count) => {
      marks.push(count);
      if (count === 1) stand.telegram.faults.next('sendMessage', { status: 500 });
    });
  await assert.rejects(send(0), NotSentError);
  assert.deepEqual(marks, [1]);
  await send(1);
  const texts = (await messages()).map(({ text }) => text ?? '');
  assert.ok(texts.length > 1);
  assert.deepEqual(
    marks,
    texts.map((_, index) => index + 1),
  );
  assert.equal(new Set(texts).size, texts.length);
  assert.equal(texts.join('\n').match(/Guest \d+/g)?.length, 400);
});

test('several guests are told of in one message, with their names in bold', async (t) => {
  const { services, chat, chatId, last, arrivalOf } = await openParty(t);
  const [anna, bob] = [await arrivalOf('g1', 'Anna'), await arrivalOf('g2', 'B&b')];
  const now = services.now();
  await chat.announceTogether({ chatId }, [
    { ...anna, time: now },
    { ...bob, time: now - 3 * minute },
  ]);
  const { text = '', entities = [] } = await last();
  assert.match(text, /^They’re here! The songs follow\.\nAnna is here!\nB&b came at \d\d:\d\d$/);
  assert.deepEqual(
    entities.map(({ offset, length }) => text.slice(offset, offset + length)),
    ['Anna', 'B&b'],
  );
});

test('who came a while ago is told of as one who came', async (t) => {
  const { services, announce, arrivalOf, last } = await openParty(t);
  const arrival = { ...(await arrivalOf('g1', 'Anna')), time: services.now() - 3 * minute };
  await announce(arrival);
  assert.match((await last()).text ?? '', /^Anna came at \d\d:\d\d$/);
});

test('a picture of an arrival that was told elsewhere says itself whose it is', async (t) => {
  const { chat, arrivalOf, last } = await openParty(t);
  const arrival = { ...(await arrivalOf('g1', 'Anna')), messageId: 1, toldIn: 7 };
  await chat.sendArrivalPicture(arrival, await portrait('anna'));
  const { caption, reply_to_message } = await last();
  assert.match(caption ?? '', /^Anna is here/);
  assert.equal(reply_to_message, undefined);
});

test('all that is told goes to its topic', async (t) => {
  const { services, chat, chatId, announce, arrivalOf, messages, stand } = await openParty(t);
  const [topic] = (await chats.host.changeGroup(chatId, { open_topic: 'Door' })).topics;
  const place = { chatId, threadId: topic!.id };
  const arrival = { ...(await arrivalOf('g1', 'Anna')), ...place };
  await announce(arrival);
  await services.songs.put(await addSong({ services }, 'one'));
  await services.guests.add('g2', 'Bob');
  await services.guests.setSong('g2', 'one');
  await announce({ ...(await arrivalOf('g2', 'Bob')), ...place });
  await chat.sendArrivalPicture(arrival, await portrait('anna'));
  await chat.announceTogether(place, [arrival, arrival]);
  await chat.reportGap({ partyId: 'p', ...place, from: evening, to: evening + 95_000 });
  await chat.reportSilence(place, evening);
  await chat.reportClockOff(place);
  await chat.reportAlarm(place, { name: 'MusicalJoy-MatchErrors', state: 'over', time: evening });
  await chat.reportRecognitionRunning(place, 'why');
  await chat.sendRecap(place, recapOf(1), 0, async () => {});
  const sent = await messages();
  assert.equal(sent.length, 10);
  for (const message of sent)
    assert.deepEqual([message.message_thread_id, message.is_topic_message], [topic!.id, true]);
  assert.ok(stand);
});

const gone: Array<[status: number, description: string]> = [
  [403, 'Forbidden: bot was kicked from the supergroup chat'],
  [403, 'Forbidden: bot is not a member of the supergroup chat'],
  [403, 'Forbidden: bot was blocked by the user'],
  [400, 'Bad Request: chat not found'],
  [400, 'Bad Request: TOPIC_CLOSED'],
  [400, 'Bad Request: message thread not found'],
  [400, 'Bad Request: not enough rights to send text messages to the chat'],
  [400, 'Bad Request: CHAT_WRITE_FORBIDDEN'],
];
test('a chat or topic that may not be written to is told from a message that will not do', async (t) => {
  const { chat, chatId, stand } = await openParty(t);
  for (const [status, description] of gone) {
    stand.telegram.faults.next('sendMessage', { status, description });
    await assert.rejects(chat.reportClockOff({ chatId }), ChatGoneError, description);
  }
  stand.telegram.faults.next('sendMessage', { status: 400, description: 'Bad Request: message is too long' });
  await assert.rejects(chat.reportClockOff({ chatId }), UnsendableError);
  stand.telegram.faults.next('sendMessage', { status: 429, retryAfter: 5 });
  await assert.rejects(chat.reportClockOff({ chatId }), TooManyMessagesError);
});
