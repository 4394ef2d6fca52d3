/**
 * Lives through a whole evening by the real program, and writes down what host, co-host, guest and group read, in the
 * order in which they read it: `node --import tsx scripts/evening/main.ts <folder>`. Where there is Chromium, the
 * folder gets pictures of the host's phone too. For whoever changes what the bot says, to read it as the people at the
 * party do.
 *
 * Faces are face-api's sample photos, before the real engine. What nobody can be asked to do, to be taken for somebody
 * else, is put on the data stream as the stream processor would.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildChat } from '../../lambdas/bot-api.ts';
import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import { minute, second } from '../../party/clock.ts';
import { createDispatcher } from '../../party/dispatch.ts';
import { warnOfEnd } from '../../party/parties/end-warning.ts';
import { noonAfter } from '../../party/parties/morning-after.ts';
import { claim } from '../../test/support/house.ts';
import { portrait } from '../../test/support/portraits.ts';
import { silentMp3 } from '../../test/support/silence.ts';
import { box, openStage } from './stage.ts';

const target = path.resolve(process.argv[2] ?? 'evening');
await mkdir(target, { recursive: true });
const {
  house,
  services,
  holly,
  cole,
  gina,
  transcript,
  phone,
  scene,
  until,
  last,
  tickAt,
  show,
  taken,
  close,
} = await openStage(target);

await scene('Holly opens the link', () => claim(house, holly), holly, /1\. Send me a photo/);
await scene('Somebody else finds the bot', () => gina.say(gina.bot, '/start'), gina, /orders from the hosts/);
await scene(
  'The guests',
  async () => holly.send(holly.bot, 'photo', await portrait('anna'), 'anna.jpg', { caption: 'Anna' }),
  holly,
  /^Got it, I’ll know Anna/,
);
await scene(
  'A song',
  () =>
    holly.sendAudio(holly.bot, silentMp3(400, { title: 'Last Christmas', artist: 'Wham!' }), 'song.mp3', {
      caption: 'Anna',
    }),
  holly,
  /will play when Anna arrives/,
);
await scene(
  'Another guest',
  async () => holly.send(holly.bot, 'photo', await portrait('carla'), 'carla.jpg', { caption: 'Carla' }),
  holly,
  /^Got it, I’ll know Carla/,
);
await services.guests.add('berta', 'Berta');
await scene('Who is invited', () => holly.say(holly.bot, '/guests'), holly, /Berta/);
await scene('A co-host', () => holly.say(holly.bot, '/cohost'), holly, /^Help me host the party/);
const code = /\?start=(\S+)$/.exec((await last(holly, /^Help me host the party/)).text ?? '')?.[1];
await scene('Cole opens the link', () => cole.say(cole.bot, `/start ${code}`), cole, /1\. Send me a photo/);
await scene('A link for guests', () => holly.say(holly.bot, '/invite'), holly, /^Holly invites you!/);
await phone.take('invite');
const guestCode = /\?start=(\S+)$/.exec((await last(holly, /^Holly invites you!/)).caption ?? '')?.[1];
await scene('Gina opens it', () => gina.say(gina.bot, `/start ${guestCode}`), gina, /Is that OK\?$/);
await scene(
  'Gina agrees',
  async () => gina.press(await last(gina, /Is that OK\?$/), 'I agree'),
  gina,
  /^Great! How will I know you/,
);
await scene(
  'A selfie',
  async () => gina.sendPhoto(gina.bot, await portrait('berta')),
  gina,
  /^Got it, I’ll know you by that photo/,
);
await scene(
  'And a surprise',
  async () => gina.press(await last(gina, /^Got it, I’ll know you by that photo/), 'Surprise me'),
  gina,
  /^Thanks! I’ve asked Holly/,
);
await scene('Is Gina welcome?', undefined, holly, /^Gina would like to come/);
await phone.take('welcome');
await scene(
  'This time not',
  async () => holly.press(await last(holly, /^Gina would like to come/), 'Decline'),
  holly,
  /^OK, Gina isn’t on the list/,
);
await scene('Gina hears of it', undefined, gina, /^Sorry, Holly hasn’t put you on the list/);
await scene('Settings', () => holly.say(holly.bot, '/settings'), holly, /^Your time/);
await phone.take('settings');
await scene(
  'How long photos are kept',
  async () => holly.press(await last(holly, /^Your time/), 'Photos of guests'),
  holly,
  /^How long shall I keep the photos/,
);
await phone.take('settings-photos');
await scene(
  'For good, as before',
  async () => holly.press(await last(holly, /^How long shall I keep/), '✓ I keep them'),
  holly,
  /^Photos of guests stay/m,
);

const group = (await holly.createGroup('The flat', [cole.person.id, gina.person.id])).id;
transcript.add({ title: 'The flat, as Gina reads it', reader: gina, chat: group });
await scene('The party', () => holly.say(group, '/start_party 4h'), holly, /^The party’s on until/, group);
await scene('What can still be mended', undefined, holly, /no photo of Berta/);
await phone.take('start-private');
await phone.open('The flat');
await phone.take('start-group');
await scene('The camera sends', () => show(4), holly, /I’m watching the door/, group);
await phone.take('start-seen');

await scene('Berta comes, and is taken for Anna', () => taken('Anna', 93), holly, /^Anna is here!/, group);
await until('her picture', async () =>
  (await holly.messages(group)).some(({ photo }) => photo !== undefined),
);
await transcript.write('Her picture follows');
await phone.take('arrival');
await scene(
  'Not Anna, say both hosts at once',
  async () => {
    const [one, other] = await Promise.all([
      holly.pressAndWait(await last(holly, /^Anna is here!/, group), 'Not Anna'),
      cole.pressAndWait(await last(cole, /^Anna is here!/, group), 'Not Anna'),
    ]);
    transcript.note(`Holly sees: “${one.text ?? ''}” Cole sees: “${other.text ?? ''}”`);
  },
  holly,
  /^That wasn’t Anna/,
  group,
);
const asked = async () => {
  for (const host of [holly, cole]) {
    const question = await last(host, /Who is it\?$/);
    if (question?.photo) return { host, question };
  }
  return undefined;
};
await until('the question', async () => (await asked()) !== undefined);
await transcript.write('Who is it?');
const { host: corrector, question } = (await asked())!;
await phone.open('Musical Joy');
await phone.take('not-anna');
await scene(
  'It was Berta',
  () => corrector.press(question, labelsOf(question).find((label) => label.endsWith('Berta'))!),
  holly,
  /^Berta is here!/,
  group,
);
await scene('What misled', undefined, corrector, /^Got it, it’s Berta/);
await scene('Status', () => holly.say(group, '/status'), holly, /^The party’s on in the group/);
await phone.open('Musical Joy');
await phone.take('status');
await scene('Camera', () => holly.say(holly.bot, '/camera'), holly, /^The door at/);
await phone.take('camera');
await show(3);
await scene('Anna comes', () => taken('Anna', 97, box.anna), holly, /^Anna is here!/, group);
await scene('Why?', () => holly.say(holly.bot, '/why Anna'), holly, /^Anna came/);
await phone.take('why');
await scene('Why not?', () => holly.say(holly.bot, '/why Carla'), holly, /face like Carla’s/);
await scene(
  'A guest who would not be announced',
  () => holly.say(holly.bot, '/mute Carla'),
  holly,
  /^I’ll know Carla/,
);
await scene(
  'For this party',
  async () => holly.press(await last(holly, /^I’ll know Carla/), 'For this party'),
  holly,
  /^I won’t announce Carla/,
);
const { endsAt } = (await services.parties.on())!;
await scene(
  'A quarter of an hour before the end',
  async () => {
    const at = { ...services, now: () => endsAt - 10 * minute };
    await warnOfEnd(at, createDispatcher(at, await buildChat(at)), (await services.parties.on())!);
  },
  holly,
  /^The party ends at/,
);
await scene(
  'One hour more',
  async () => holly.press(await last(holly, /^The party ends at/), '+1 h'),
  holly,
  /^The party goes on until/,
);
await scene(
  'Said in another way',
  () => cole.say(cole.bot, '/start_party until 11:30 pm'),
  cole,
  /^(The party in|A party lasts)/,
);
await scene('The end', () => holly.say(group, '/end_party'), holly, /^The party’s over \(/);
await phone.take('end');
await scene('In the group', undefined, holly, /^The party’s over \(/, group);
await phone.open('The flat');
await phone.take('end-group');
await phone.open('Musical Joy');
await scene(
  'After the party',
  async () => {
    const arrival = await last(holly, /^Anna is here!/, group);
    transcript.note(
      `Holly presses *Not Anna* and reads: “${(await holly.pressAndWait(arrival, 'Not Anna')).text ?? ''}”`,
    );
  },
  holly,
  /^Noted: that wasn’t Anna/,
);
const over = (await services.parties.lastPast())!;
await scene(
  'The next noon',
  () => tickAt(noonAfter(over.endsAt, process.env.PARTY_TZ) + second),
  holly,
  /^That was a nice party/,
);
await scene(
  'Forget everything?',
  () => holly.say(holly.bot, '/forget everything'),
  holly,
  /^Forget everything\?/,
);
await scene(
  'The receipt',
  async () => holly.press(await last(holly, /^Forget everything\?/), 'Forget everything'),
  holly,
  /^I’ve forgotten everything/,
);
await phone.take('receipt');

await writeFile(path.join(target, 'transcript.md'), transcript.text());
await close();
console.log(path.join(target, 'transcript.md'));

function labelsOf({ reply_markup: markup }: PersonMessage): string[] {
  return markup && 'inline_keyboard' in markup ? markup.inline_keyboard.flat().map(({ text }) => text) : [];
}
