import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { guestsText } from '../../bot/guests/guests.text.ts';
import { songsText, songTitle } from '../../bot/songs/songs.text.ts';
import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import { distinctNames } from '../../party/guests/guests.ts';
import { silentMp3 } from '../local/telegram/recordings.ts';
import { type BotHouse, openBotHouse, says } from '../support/bot-house.ts';
import { eventually } from '../support/eventually.ts';
import { plainPortrait, plainRecognizer } from '../support/plain-faces.ts';
import { rounds, seedOf } from '../support/rounds.ts';

/** What is known between two steps. */
interface Known {
  steps: number;
  /** All that the bot says in the chat. */
  said: string;
}

/** One thing that a host does; the bot must answer it, and nothing may fail. */
class Step implements fc.AsyncCommand<Known, BotHouse> {
  readonly #what: string;
  readonly #act: (house: BotHouse) => Promise<'answered' | 'sent' | 'nothing to press'>;

  constructor(what: string, act: (house: BotHouse) => Promise<'answered' | 'sent' | 'nothing to press'>) {
    this.#what = what;
    this.#act = act;
  }

  check(): boolean {
    return true;
  }

  async run(known: Known, house: BotHouse): Promise<void> {
    known.steps++;
    const done = await this.#act(house);
    await settled(house);
    const before = known.said;
    known.said = JSON.stringify(await said(house));
    if (done === 'sent') assert.ok(known.said !== before, `${this.#what} is answered`);
    const failures = house.logged.filter((line) => line.startsWith('error'));
    assert.deepEqual(failures, [], `${this.#what} fails nowhere`);
  }

  toString(): string {
    return this.#what;
  }
}

/** What the bot says in the chat by now. */
const said = async ({ host }: BotHouse): Promise<PersonMessage[]> =>
  (await host.messages()).filter(({ from }) => from?.is_bot);

const settled = ({ stand }: BotHouse): Promise<void> =>
  eventually('all updates are handled', () => [...stand.telegram.updates.pending()].length === 0);

const names = ['Anna', 'Berta', 'Carla', 'Anna B.', 'نور'];
const texts = [
  ...['/guests', '/songs', '/status', '/help', '/cancel', '/start', '/weather', '/start_party', '/end_party'],
  ...['hi', 'What a lovely evening, is it not?', 'Anna and Berta', '   ', '🎶', ...names],
];
const caption = fc.option(fc.constantFrom(...names, '/guests', 'Anna and Berta', 'who knows who this is?'), {
  nil: undefined,
});

const writes = fc.constantFrom(...texts.filter((text) => text.trim() !== '')).map(
  (text) =>
    new Step(`writes “${text}”`, async ({ host }) => {
      await host.say(host.bot, text);
      return 'sent';
    }),
);
const replies = fc.tuple(fc.nat(), fc.constantFrom(...names, 'Oasis – Wonderwall')).map(
  ([which, text]) =>
    new Step(`replies “${text}” to message ${which}`, async (house) => {
      const all = await said(house);
      await house.host.say(house.host.bot, text, { replyTo: all[which % all.length]!.message_id });
      return 'sent';
    }),
);
const sendsPhoto = fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 2 }), caption).map(
  ([person, which, words]) =>
    new Step(`sends photo ${which} of person ${person} with “${words}”`, async ({ host }) => {
      await host.sendPhoto(host.bot, await plainPortrait(person, which), words ? { caption: words } : {});
      return 'sent';
    }),
);
const sendsSong = fc.tuple(fc.nat({ max: 3 }), caption).map(
  ([which, words]) =>
    new Step(`sends song ${which} with “${words}”`, async ({ host }) => {
      const song = silentMp3(20 + which, { title: `Song ${which}` });
      await host.sendAudio(host.bot, song, 'song.mp3', words ? { caption: words } : {});
      return 'sent';
    }),
);
const presses = fc.tuple(fc.nat(), fc.nat()).map(
  ([message, button]) =>
    new Step(`presses button ${button} of message ${message}`, async (house) => {
      const all = (await said(house)).map((one) => ({ one, buttons: buttonsOf(one) }));
      const some = all.filter(({ buttons }) => buttons.length > 0).slice(-12);
      const chosen = some[message % Math.max(1, some.length)];
      if (!chosen) return 'nothing to press';
      await house.host.pressAndWait(chosen.one, chosen.buttons[button % chosen.buttons.length]!);
      return 'answered';
    }),
);

/** The data of its buttons. */
function buttonsOf({ reply_markup }: PersonMessage): string[] {
  const rows = reply_markup && 'inline_keyboard' in reply_markup ? reply_markup.inline_keyboard : [];
  return rows.flat().flatMap((button) => ('callback_data' in button ? [button.callback_data] : []));
}

test('whatever a host does in whatever order, each of it is answered, nothing fails, and the lists are true', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const walks = fc.commands([writes, replies, sendsPhoto, sendsSong, presses, presses, presses], {
    maxCommands: 6,
  });
  let steps = 0;
  let walked = 0;
  await fc.assert(
    fc.asyncProperty(walks, async (walk) => {
      const known: Known = { steps: 0, said: '' };
      await fc.asyncModelRun(() => ({ model: known, real: house }), walk);
      steps += known.steps;
      if (++walked % 5 === 0) await listsAreTrue(house);
    }),
    // What fails is shown as it is: a smaller walk would begin where this one ended.
    { numRuns: rounds(50, 500), seed: seedOf(t), endOnFailure: true },
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
  for (const { id, songId, livesHere = false } of guests.slice(0, shownAtOnce)) {
    const photos = (await services.guests.photos(id)).length;
    const line = guestsText.line(called.get(id)!, photos, songId && titles.get(songId), livesHere);
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
