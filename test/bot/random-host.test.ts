import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { guestsText } from '../../bot/guests/guests.text.ts';
import { songsText, songTitle } from '../../bot/songs/songs.text.ts';
import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import { distinctNames } from '../../party/guests/guests.ts';
import { knownByPoorPhotosOnly } from '../../party/guests/poor-photos.ts';
import { type BotHouse, openBotHouse, says } from '../support/bot-house.ts';
import { becomeCoHost } from '../support/co-host.ts';
import { deliver } from '../support/deliver.ts';
import { eventually } from '../support/eventually.ts';
import { plainPortrait, plainRecognizer } from '../support/plain-faces.ts';
import { rounds, seedOf } from '../support/rounds.ts';
import { silentMp3 } from '../support/silence.ts';
import { type PersonClient, RefusedError } from '../support/telegram/person-client.ts';

/** What is known between two steps. */
interface Known {
  steps: number;
  /** All that the bot says in the chats. */
  said: string;
}

/** The house, with its host and a co-host, each in a private chat of their own with the bot. */
interface Hosts {
  readonly house: BotHouse;
  readonly people: readonly [host: PersonClient, coHost: PersonClient];
}

/** Whoever does a step, and the house. */
interface Doing {
  readonly house: BotHouse;
  readonly who: PersonClient;
}

/** `sent`: it must be answered by a message. */
type Done = 'sent' | 'pressed' | 'nothing to do';

/** One thing that a host does; the bot must answer it, and nothing may fail. */
class Step implements fc.AsyncCommand<Known, Hosts> {
  readonly #who: 0 | 1;
  readonly #what: string;
  readonly #act: (doing: Doing) => Promise<Done>;

  constructor(who: 0 | 1, what: string, act: (doing: Doing) => Promise<Done>) {
    this.#who = who;
    this.#what = what;
    this.#act = act;
  }

  check(): boolean {
    return true;
  }

  async run(known: Known, hosts: Hosts): Promise<void> {
    known.steps++;
    const { house, people } = hosts;
    const who = people[this.#who];
    // One of the buttons takes that from the co-host.
    if (!(await house.services.hosts.has(who.person.id)))
      await house.services.hosts.add(who.person.id, who.person.first_name);
    const done = await this.#act({ house, who });
    await settled(house);
    const before = known.said;
    known.said = JSON.stringify(await Promise.all(people.map(said)));
    if (done === 'sent') assert.ok(known.said !== before, `${this} is answered`);
    const failures = house.logged.filter((line) => line.startsWith('error'));
    assert.deepEqual(failures, [], `${this} fails nowhere`);
  }

  toString(): string {
    return `${this.#who === 0 ? 'the host' : 'the co-host'} ${this.#what}`;
  }
}

/** A step that either of them does. */
const step = <Of>(
  arbitrary: fc.Arbitrary<Of>,
  what: (of: Of) => string,
  act: (doing: Doing, of: Of) => Promise<Done>,
): fc.Arbitrary<Step> =>
  fc
    .tuple(fc.constantFrom(0 as const, 0 as const, 1 as const), arbitrary)
    .map(([who, of]) => new Step(who, what(of), (doing) => act(doing, of)));

/** What the bot says in somebody's private chat by now. */
const said = async (who: PersonClient): Promise<PersonMessage[]> =>
  (await who.messages()).filter(({ from }) => from?.is_bot);

const settled = ({ stand }: BotHouse): Promise<void> =>
  eventually('all updates are handled', () => [...stand.telegram.updates.pending()].length === 0);

const names = ['Anna', 'Berta', 'Carla', 'Anna B.', 'نور'];
const texts = [
  ...['/guests', '/songs', '/status', '/help', '/cancel', '/start', '/weather', '/start_party', '/end_party'],
  ...['/hosts', '/cohost', 'hi', 'What a lovely evening, is it not?', 'Anna and Berta', '🎶', ...names],
];
const caption = fc.option(fc.constantFrom(...names, '/guests', 'Anna and Berta', 'who knows who this is?'), {
  nil: undefined,
});
const captioned = (words: string | undefined) => (words ? { caption: words } : {});

const writes = step(
  fc.constantFrom(...texts),
  (text) => `writes “${text}”`,
  async ({ who }, text) => {
    await who.say(who.bot, text);
    return 'sent';
  },
);
const replies = step(
  fc.tuple(fc.nat(), fc.constantFrom(...names, 'Oasis – Wonderwall')),
  ([which, text]) => `replies “${text}” to message ${which}`,
  async ({ who }, [which, text]) => {
    const all = await said(who);
    await who.say(who.bot, text, { replyTo: all[which % all.length]!.message_id });
    return 'sent';
  },
);
const sendsPhoto = step(
  fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 2 }), caption),
  ([person, which, words]) => `sends photo ${which} of person ${person} with “${words}”`,
  async ({ who }, [person, which, words]) => {
    await who.sendPhoto(who.bot, await plainPortrait(person, which), captioned(words));
    return 'sent';
  },
);
const sendsAlbum = step(
  fc.tuple(
    fc.array(fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 2 })), { minLength: 2, maxLength: 3 }),
    caption,
  ),
  ([photos, words]) => `sends an album of ${JSON.stringify(photos)} with “${words}”`,
  async ({ who }, [photos, words]) => {
    const mediaGroupId = randomUUID();
    for (const [index, [person, which]] of photos.entries())
      await who.sendPhoto(who.bot, await plainPortrait(person, which), {
        mediaGroupId,
        ...(index === 0 && captioned(words)),
      });
    return 'sent';
  },
);
const sendsSong = step(
  fc.tuple(fc.nat({ max: 3 }), caption),
  ([which, words]) => `sends song ${which} with “${words}”`,
  async ({ who }, [which, words]) => {
    const song = silentMp3(20 + which, { title: `Song ${which}` });
    await who.sendAudio(who.bot, song, 'song.mp3', captioned(words));
    return 'sent';
  },
);
/** Kinds that the stand-in’s people cannot send, one of them yet to come. */
const kinds = {
  poll: { id: '1', question: 'Who?', options: [] },
  story: { chat: { id: 1, type: 'private' }, id: 1 },
  dice: { emoji: '🎲', value: 4 },
  location: { latitude: 1, longitude: 2 },
  hologram: { of: 'Anna' },
};
let nextId = 900_000;
const sendsOther = step(
  fc.constantFrom(...Object.entries(kinds)),
  ([kind]) => `sends a ${kind}`,
  async ({ house, who }, [kind, content]) => {
    const { id, first_name } = who.person;
    const from = { id, is_bot: false, first_name };
    const message = {
      message_id: ++nextId,
      date: Math.floor(Date.now() / 1000),
      chat: { id, type: 'private' },
      from,
    };
    assert.equal(await deliver(house, { message: { ...message, [kind]: content } }), 200);
    return 'sent';
  },
);
const editsCaption = step(
  fc.tuple(fc.nat(), fc.constantFrom(...names, 'Anna and Berta')),
  ([which, words]) => `edits the caption of photo ${which} to “${words}”`,
  async ({ who }, [which, words]) => {
    const sent = (await who.messages()).filter(({ from, photo }) => photo && !from?.is_bot);
    const photo = sent[which % Math.max(1, sent.length)];
    if (!photo) return 'nothing to do';
    await who.edit(photo, words);
    return 'nothing to do';
  },
);
const sharesContacts = step(
  fc.array(fc.tuple(fc.constantFrom(...names), fc.nat({ max: 6 })), { maxLength: 3 }),
  (people) => `shares ${JSON.stringify(people)}, with numbers for photos`,
  async ({ who }, people) => {
    const contacts = people.map(async ([first_name, person]) => ({
      first_name,
      ...(person > 0 && { photo: await plainPortrait(person, 3) }),
    }));
    try {
      await who.shareUsers(who.bot, 1, await Promise.all(contacts));
      return 'sent';
    } catch (error) {
      // Nobody is picked, or there is no picker now.
      if (error instanceof RefusedError) return 'nothing to do';
      throw error;
    }
  },
);
const asksForContacts = step(
  fc.constant('Add from contacts'),
  (button) => `presses “${button}”`,
  async ({ who }, button) => {
    const { message_id: asked } = await who.say(who.bot, '/guests');
    const list = await who.waitForMessage(({ message_id }) => message_id > asked);
    await who.pressAndWait(list, button);
    return 'sent';
  },
);
const presses = step(
  fc.tuple(fc.nat(), fc.nat()),
  ([message, button]) => `presses button ${button} of message ${message}`,
  async ({ who }, [message, button]) => {
    const all = (await said(who)).map((one) => ({ one, buttons: buttonsOf(one) }));
    const some = all.filter(({ buttons }) => buttons.length > 0).slice(-12);
    const chosen = some[message % Math.max(1, some.length)];
    if (!chosen) return 'nothing to do';
    await who.pressAndWait(chosen.one, chosen.buttons[button % chosen.buttons.length]!);
    return 'pressed';
  },
);

/** The data of its buttons. */
function buttonsOf({ reply_markup }: PersonMessage): string[] {
  const rows = reply_markup && 'inline_keyboard' in reply_markup ? reply_markup.inline_keyboard : [];
  return rows.flat().flatMap((button) => ('callback_data' in button ? [button.callback_data] : []));
}

test('whatever hosts do in whatever order, each of it is answered, nothing fails, and the lists are true', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer, pictures: true });
  const hosts: Hosts = { house, people: [house.host, await becomeCoHost(house)] };
  const sends = [
    sendsPhoto,
    sendsSong,
    sendsAlbum,
    sendsOther,
    editsCaption,
    asksForContacts,
    sharesContacts,
  ];
  const walks = fc.commands([writes, replies, ...sends, presses, presses, presses], { maxCommands: 6 });
  let steps = 0;
  let walked = 0;
  await fc.assert(
    fc.asyncProperty(walks, async (walk) => {
      const known: Known = { steps: 0, said: '' };
      await fc.asyncModelRun(() => ({ model: known, real: hosts }), walk);
      steps += known.steps;
      if (++walked % 5 === 0) await listsAreTrue(house);
    }),
    // What fails is shown as it is: a smaller walk would begin where this one ended.
    { numRuns: rounds(6, 500), seed: seedOf(t), endOnFailure: true },
  );
  t.diagnostic(`${steps} steps`);
});

/** A page of a list. */
const shownAtOnce = 8;

async function listsAreTrue({ host, services }: BotHouse): Promise<void> {
  const [guests, songs] = await Promise.all([services.guests.list(), services.songs.list()]);
  const { message_id: first } = await host.say(host.bot, '/guests');
  const list = await host.waitForMessage(
    (message) => message.message_id > first && says(/^\d+ guests?|^No guests yet/)(message),
  );
  const invited = guests.filter(({ livesHere }) => !livesHere).length;
  const heading = guests.length === 0 ? /^No guests yet/ : new RegExp(`^${invited} guests?[:,]`);
  assert.match(list.text ?? '', heading);
  const titles = new Map(songs.map((song) => [song.id, songTitle(song)]));
  const called = distinctNames(guests);
  for (const { id, songId, livesHere = false, isChild = false } of guests.slice(0, shownAtOnce)) {
    const photos = await services.guests.photos(id);
    const arePoor = knownByPoorPhotosOnly(photos);
    const title = songId && titles.get(songId);
    const line = guestsText.line(called.get(id)!, photos.length, title, { livesHere, isChild, arePoor });
    assert.ok(list.text?.split('\n').includes(line), `${line}\nis not in\n${list.text}`);
  }
  const { message_id: second } = await host.say(host.bot, '/songs');
  const music = await host.waitForMessage(
    (message) => message.message_id > second && says(/songs?:|No songs yet/)(message),
  );
  assert.match(
    music.text ?? '',
    songs.length === 0 ? /^No songs yet/ : new RegExp(`^${songs.length} songs?:`),
  );
  for (const song of songs.slice(0, shownAtOnce)) {
    const whose = guests.filter(({ songId }) => songId === song.id).map(({ id }) => called.get(id)!);
    const line = songsText.songLine(songTitle(song), whose);
    assert.ok(music.text?.split('\n').includes(line), `${line}\nis not in\n${music.text}`);
  }
}
