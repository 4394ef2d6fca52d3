import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { IndexFacesCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { names } from '../../local/environment.ts';
import { startHouse } from '../../local/house.ts';
import { ownHeader } from '../../local/http/loopback.ts';
import { second } from '../../party/clock.ts';
import { says } from '../support/bot-house.ts';
import { putCarols } from '../support/carols.ts';
import { makeClip } from '../support/clip.ts';
import { movableTime } from '../support/clock.ts';
import { eventually } from '../support/eventually.ts';
import { endParty, invite, isSnapshot, showVideo, startParty } from '../support/house.ts';
import { doorPicture, samplePicture } from '../support/pictures.ts';
import { portrait } from '../support/portraits.ts';
import { silentMp3 } from '../support/silence.ts';
import { swaying } from '../support/swaying.ts';
import { PersonClient } from '../support/telegram/person-client.ts';
import { tick } from '../support/tick.ts';

/**
 * A program for a test of logs: a house in which much goes wrong, from the claim to the end of a party. Its
 * arguments are the data folder and the names of two guests, CAMERA_URL a camera that refuses its password.
 * At the end it sends what must be nowhere, and the table's items, to the process that started it.
 */
const [folder = '', guest = '', byHand = ''] = process.argv.slice(2);
const { CAMERA_URL: cameraUrl = '' } = process.env;
const anyPort = { number: 0, asked: true };

const time = movableTime();
await putCarols(folder);
// Nobody listens at that port.
const arrivalWebhook = 'http://127.0.0.1:2/api/webhook/Hidden88';
const house = await startHouse({ folder, port: anyPort, awsPort: anyPort, cameraUrl, arrivalWebhook });
const { telegram, services } = house;
if (!telegram) throw new Error('The chat is to be on the page.');
const { faults } = telegram;
const host = await PersonClient.connect(`${house.pageUrl}/telegram`, 'host');
/** How often a method of the Bot API was called. */
const tries = { sendAudio: 0, sendPhoto: 0 };
const take = faults.take.bind(faults);
faults.take = (method) => {
  if (method === 'sendAudio' || method === 'sendPhoto') tries[method]++;
  return take(method);
};
const troubles = ['throws', 'is refused', 'never ends'];
troubleDownloads(troubles);

// The bot does not learn who it is at first: the claim comes again.
faults.next('getMe', { status: 401 }, { status: 500 }, { cut: 'before' });
const { claimCode } = await services.botSecret();
await host.say(host.bot, `/start ${claimCode}`);
await atOnce(host.waitForMessage(says(/1\. Send me a photo/)));

// Photos and songs that cannot be fetched.
const photo = await portrait('anna');
const failed = says(/^Something went wrong on my side/);
for (const fault of [{ status: 401 }, { status: 500 }, { cut: 'after' }] as const) {
  faults.next('getFile', fault, fault);
  await host.sendPhoto(host.bot, photo, { caption: guest });
  await atOnce(host.waitForMessage(failed));
}
while (troubles.length > 0) {
  await host.sendPhoto(host.bot, photo, { caption: guest });
  await atOnce(host.waitForMessage(failed));
}
await atOnce(invite(host, guest, photo));
await host.sendAudio(host.bot, silentMp3(100, { title: 'Song', artist: 'Band' }), 'song.mp3', {
  caption: guest,
});
await host.waitForMessage(says(/will play when/));
await services.collection.ensure();
await new RekognitionClient().send(
  new IndexFacesCommand({
    CollectionId: names.collection,
    ExternalImageId: byHand,
    Image: { Bytes: await portrait('berta') },
  }),
);

// A party whose messages fail.
await startParty(host);
faults.next('sendAudio', { status: 500 }, { status: 502 }, { status: 429, retryAfter: 1 });
faults.next('sendPhoto', { status: 401 }, { status: 500 });
const clip = path.join(folder, 'clip.mp4');
await makeClip(
  [...(await swaying(await doorPicture(), 2)), ...(await swaying(await samplePicture(4), 2))],
  clip,
  { framesPerSecond: 10 },
);
await showVideo(house, 'door.mp4', await readFile(clip), { loop: true });
const party = await services.parties.latest();
await eventually(
  'both are seen',
  async () => (await services.arrivals.list(party!.id)).length === 2,
  120_000,
);
await turnCameraOff();
// A picture follows whoever is told of first. It meets both troubles, if it may be tried again when Lambda tries again.
await heldUpUntil('a picture is refused', () => tries.sendPhoto > 0);
time.pass(11 * second);
await eventually('it is refused again', () => tries.sendPhoto > 1, 120_000);
const hasArrived = (name: string) => says(new RegExp(`${name} is here`));
await heldUpUntil('both are told of', async () => {
  const messages = await host.messages();
  return [guest, byHand].every((name) => messages.some(hasArrived(name)));
});
await eventually(
  'a picture is sent',
  async () => {
    time.pass(11 * second);
    await tick();
    return (await host.messages()).some(isSnapshot);
  },
  120_000,
);
const off = faults.always('sendMessage', { status: 401 });
await host.say(host.bot, '/guests');
await eventually('the bot has dealt with it', () => [...telegram.updates.pending()].length === 0);
off();
// What was refused may be sent again now; the tick would wait for that.
time.pass(31 * second);
await tick();
await endParty(host);

const { Items } = await new DynamoDBClient().send(new ScanCommand({ TableName: names.table }));
const secret = await services.botSecret();
await host.close();
await house.close();
process.send?.({ secret, items: JSON.stringify(Items) }, () => process.exit(0));

/** Waits for something, while Telegram tries each update that failed again at once. */
async function atOnce(done: Promise<unknown>): Promise<void> {
  const trying = setInterval(() => telegram?.webhook.startAfresh(), 100);
  await done.finally(() => clearInterval(trying));
}

/**
 * Waits for what messages that fail hold up: after each try, time passes until it may be tried again. Not more of it, for
 * the camera keeps its pictures for a minute.
 */
async function heldUpUntil(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  let triesBefore = 0;
  let ticked = 0;
  await eventually(
    what,
    async () => {
      if (await isSo()) return true;
      const tried = tries.sendAudio > triesBefore;
      triesBefore = tries.sendAudio;
      if (tried) time.pass(11 * second);
      else if (performance.now() < ticked + second) return false;
      await tick();
      ticked = performance.now();
      return isSo();
    },
    120_000,
  );
}

/** Nobody is at the door any more; the camera's pictures of before stay for a minute. */
async function turnCameraOff(): Promise<void> {
  const headers = { [ownHeader]: '1', 'content-type': 'application/json' };
  const body = JSON.stringify({ source: 'off' });
  const answer = await fetch(`${house.pageUrl}/door/camera`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`The camera was not turned off: ${answer.status}`);
}

/** What the bot fetches from Telegram goes wrong, in the worst way: with the address in each error. */
function troubleDownloads(troubles: string[]): void {
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const address = String(input);
    const trouble = address.includes('/file/bot') ? troubles.shift() : undefined;
    if (trouble === 'throws') throw new TypeError(`fetch failed: ${address}`, { cause: new Error(address) });
    if (trouble === 'is refused') return new Response(`no ${address}`, { status: 502, statusText: address });
    // Who gives a time-out hears of it at once; who does not waits for ever.
    if (trouble === 'never ends' && init?.signal)
      throw new DOMException(`aborted ${address}`, 'TimeoutError');
    if (trouble === 'never ends') return new Promise(() => {});
    return fetch(input, init);
  };
}
