/**
 * Lives through a whole evening by the real program, and writes down what host, co-host, guest and group read, in the order
 * in which they read it: `node --import tsx scripts/evening/main.ts <folder>`. Where there is Chromium, the folder gets
 * pictures of the host's phone too. For whoever changes what the bot says, to read it as the people at the party do.
 *
 * Faces are face-api's sample photos, before the real engine. What nobody can be asked to do, to be taken for somebody else,
 * is put on the data stream as the stream processor would.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { offeredTimeZones } from '../../bot/settings/time-zones.ts';
import { buildChat } from '../../lambdas/bot-api.ts';
import { createTick } from '../../lambdas/tick.ts';
import { names } from '../../local/environment.ts';
import { startHouse } from '../../local/house.ts';
import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import { minute, second } from '../../party/clock.ts';
import { createDispatcher } from '../../party/dispatch.ts';
import { warnOfEnd } from '../../party/parties/end-warning.ts';
import { noonAfter } from '../../party/parties/morning-after.ts';
import { putCarols } from '../../test/support/carols.ts';
import { makeClip } from '../../test/support/clip.ts';
import { emptyFolder } from '../../test/support/folder.ts';
import { claim, showVideo } from '../../test/support/house.ts';
import { samplePicture } from '../../test/support/pictures.ts';
import { portrait } from '../../test/support/portraits.ts';
import { match, recordOf } from '../../test/support/records.ts';
import { silentMp3 } from '../../test/support/silence.ts';
import { PersonClient } from '../../test/support/telegram/person-client.ts';
import { openPhone } from './phone.ts';
import { Transcript } from './transcript.ts';

const target = path.resolve(process.argv[2] ?? 'evening');
await mkdir(target, { recursive: true });

/** Whenever it is lived through, it is eight in the evening at the party. */
const isEight = (timeZone: string): boolean =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format() === '20';
process.env.PARTY_TZ = [...offeredTimeZones(undefined), ...Intl.supportedValuesOf('timeZone')].find(
  (timeZone) => isEight(timeZone) && !timeZone.startsWith('Antarctica/'),
)!;
/** Where the faces are in the films, ratios of the picture. */
const box = {
  berta: { Left: 0.41, Top: 0.08, Width: 0.07, Height: 0.18 },
  anna: { Left: 0.62, Top: 0.16, Width: 0.08, Height: 0.19 },
};
// So that costs are told.
process.env.PRICE_LIST = 'aws-us-east-1';

const folder = await emptyFolder();
await putCarols(folder);
const anyPort = { number: 0, asked: true };
const house = await startHouse({ folder, port: anyPort, awsPort: anyPort });
const { services } = house;
const person = (role: 'host' | 'co-host' | 'guest' | 'anyone') =>
  PersonClient.connect(`${house.pageUrl}/telegram`, role);
const [holly, cole, gina, ander] = await Promise.all([
  person('host'),
  person('co-host'),
  person('guest'),
  person('anyone'),
]);
const transcript = new Transcript([
  { title: 'Holly, in private', reader: holly, chat: holly.bot },
  { title: 'Cole, in private', reader: cole, chat: cole.bot },
  { title: 'Gina, in private', reader: gina, chat: gina.bot },
]);
const phone = await openPhone(house.pageUrl, target);
const says =
  (what: RegExp) =>
  ({ text, caption }: { text?: string; caption?: string }) =>
    what.test(text ?? caption ?? '');
const last = async (who: PersonClient, what: RegExp, chat = who.bot) =>
  (await who.messages(chat)).filter(says(what)).at(-1)!;

/** Somebody does something, if it is not done; the evening goes on when that is there. */
async function then(
  title: string,
  act: (() => Promise<unknown>) | undefined,
  who: PersonClient,
  what: RegExp,
  chat = who.bot,
): Promise<void> {
  const found = async () =>
    (await who.messages(chat)).filter(says(what)).map((message) => JSON.stringify(message));
  const before = act ? await found() : [];
  await act?.();
  await until(title, async () => (await found()).some((message) => !before.includes(message)));
  await transcript.write(title);
}
/** @throws Error when it does not come within a minute */
async function until(what: string, isThere: () => Promise<boolean>): Promise<void> {
  const giveUp = Date.now() + minute;
  while (!(await isThere())) {
    if (Date.now() > giveUp) throw new Error(`Not seen: ${what}`);
    await holly.waitForEvent(() => true, { timeout: second }).catch(() => {});
  }
}
const tickAt = async (time: number) => {
  const at = { ...services, now: () => time };
  await createTick(at, await buildChat(at))();
};

await then('Holly opens the link', () => claim(house, holly), holly, /1\. Send me a photo/);
await then('Somebody else finds the bot', () => gina.say(gina.bot, '/start'), gina, /orders from the hosts/);
await then(
  'The guests',
  async () => holly.send(holly.bot, 'photo', await portrait('anna'), 'anna.jpg', { caption: 'Anna' }),
  holly,
  /^Got it, I’ll know Anna/,
);
await then(
  'A song',
  () =>
    holly.sendAudio(holly.bot, silentMp3(400, { title: 'Last Christmas', artist: 'Wham!' }), 'song.mp3', {
      caption: 'Anna',
    }),
  holly,
  /will play when Anna arrives/,
);
await then(
  'Another guest',
  async () => holly.send(holly.bot, 'photo', await portrait('carla'), 'carla.jpg', { caption: 'Carla' }),
  holly,
  /^Got it, I’ll know Carla/,
);
await services.guests.add('berta', 'Berta');
await then('Who is invited', () => holly.say(holly.bot, '/guests'), holly, /Berta/);
await then('A co-host', () => holly.say(holly.bot, '/cohost'), holly, /^Help me host the party/);
const code = /\?start=(\S+)$/.exec((await last(holly, /^Help me host the party/)).text ?? '')?.[1];
await then('Cole opens the link', () => cole.say(cole.bot, `/start ${code}`), cole, /1\. Send me a photo/);
await then('Settings', () => holly.say(holly.bot, '/settings'), holly, /^Your time/);
await phone.take('settings');
await then(
  'How long photos are kept',
  async () => holly.press(await last(holly, /^Your time/), 'Photos of guests'),
  holly,
  /^How long shall I keep the photos/,
);
await phone.take('settings-photos');
await then(
  'For good, as before',
  async () => holly.press(await last(holly, /^How long shall I keep/), '✓ I keep them'),
  holly,
  /^Photos of guests stay/m,
);

const group = (await holly.createGroup('The flat', [cole.person.id, gina.person.id])).id;
transcript.add({ title: 'The flat, as Gina reads it', reader: gina, chat: group });
await then('The party', () => holly.say(group, '/start_party 4h'), holly, /^The party’s on until/, group);
await then('What can still be mended', undefined, holly, /no photo of Berta/);
await phone.take('start-private');
await phone.open('The flat');
await phone.take('start-group');
await then('The camera sends', () => show(4), holly, /I’m watching the door/, group);
await phone.take('start-seen');

await then('Berta comes, and is taken for Anna', () => taken('Anna', 93), holly, /^Anna is here!/, group);
await until('her picture', async () =>
  (await holly.messages(group)).some(({ photo }) => photo !== undefined),
);
await transcript.write('Her picture follows');
await phone.take('arrival');
await then(
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
await then(
  'It was Berta',
  () => corrector.press(question, labelsOf(question).find((label) => label.endsWith('Berta'))!),
  holly,
  /^Berta is here!/,
  group,
);
await then('What misled', undefined, corrector, /^Got it, it’s Berta/);
await then('Status', () => holly.say(group, '/status'), holly, /^The party’s on in the group/);
await phone.open('Musical Joy');
await phone.take('status');
await then('Camera', () => holly.say(holly.bot, '/camera'), holly, /^The door at/);
await phone.take('camera');
await show(3);
await then('Anna comes', () => taken('Anna', 97, box.anna), holly, /^Anna is here!/, group);
await then('Why?', () => holly.say(holly.bot, '/why Anna'), holly, /^Anna came/);
await phone.take('why');
await then('Why not?', () => holly.say(holly.bot, '/why Carla'), holly, /face like Carla’s/);
await then(
  'A guest who would not be announced',
  () => holly.say(holly.bot, '/mute Carla'),
  holly,
  /^I’ll know Carla/,
);
await then(
  'For this party',
  async () => holly.press(await last(holly, /^I’ll know Carla/), 'For this party'),
  holly,
  /^I won’t announce Carla/,
);
const { endsAt } = (await services.parties.on())!;
await then(
  'A quarter of an hour before the end',
  async () => {
    const at = { ...services, now: () => endsAt - 10 * minute };
    await warnOfEnd(at, createDispatcher(at, await buildChat(at)), (await services.parties.on())!);
  },
  holly,
  /^The party ends at/,
);
await then(
  'One hour more',
  async () => holly.press(await last(holly, /^The party ends at/), '+1 h'),
  holly,
  /^The party goes on until/,
);
await then(
  'Said in another way',
  () => cole.say(cole.bot, '/start_party until 11:30 pm'),
  cole,
  /^(The party in|A party lasts)/,
);
await then('The end', () => holly.say(group, '/end_party'), holly, /^The party’s over \(/);
await phone.take('end');
await then('In the group', undefined, holly, /^The party’s over \(/, group);
await phone.open('The flat');
await phone.take('end-group');
await phone.open('Musical Joy');
await then(
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
await then(
  'The next noon',
  () => tickAt(noonAfter(over.endsAt, process.env.PARTY_TZ) + second),
  holly,
  /^That was a nice party/,
);
await then(
  'Forget everything?',
  () => holly.say(holly.bot, '/forget everything'),
  holly,
  /^Forget everything\?/,
);
await then(
  'The receipt',
  async () => holly.press(await last(holly, /^Forget everything\?/), 'Forget everything'),
  holly,
  /^I’ve forgotten everything/,
);
await phone.take('receipt');

await writeFile(path.join(target, 'transcript.md'), transcript.text());
await phone.close();
await Promise.all([holly, cole, gina, ander].map((one) => one.close()));
await house.close();
console.log(path.join(target, 'transcript.md'));

/** A film of a sample photo is before the camera. */
async function show(sample: 3 | 4): Promise<void> {
  const clip = path.join(folder, `door-${sample}.mp4`);
  await makeClip([{ picture: await samplePicture(sample), seconds: 30 }], clip, { framesPerSecond: 10 });
  await showVideo(house, 'door.mp4', await readFile(clip), { loop: true });
}

/** A face in the newest pictures is taken for a guest's. */
async function taken(name: string, similarity: number, where = box.berta): Promise<void> {
  const [guest] = await services.guests.named(name);
  const [photo] = await services.guests.photos(guest!.id);
  await until('a picture of that moment', async () =>
    Boolean(await services.recognition.picture(services.now() - 1500)),
  );
  const kinesis = new KinesisClient();
  for (const ago of [1200, 900, 600]) {
    const record = recordOf(services.now() - ago, [{ matches: [match(photo!.faceIds[0]!, similarity)] }]);
    record.FaceSearchResponse![0]!.DetectedFace!.BoundingBox = where;
    const Data = Buffer.from(JSON.stringify(record));
    await kinesis.send(new PutRecordCommand({ StreamName: names.dataStream, PartitionKey: 'door', Data }));
  }
  kinesis.destroy();
}

function labelsOf({ reply_markup: markup }: PersonMessage): string[] {
  return markup && 'inline_keyboard' in markup ? markup.inline_keyboard.flat().map(({ text }) => text) : [];
}
