import type { TestContext } from 'node:test';
import { startHouse } from '../../local/house.ts';
import type { House, HouseOptions } from '../../local/house-options.ts';
import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import type { Role } from '../../local/telegram/state/people.ts';
import { putCarols } from './carols.ts';
import { emptyFolder } from './folder.ts';
import { PersonClient } from './telegram/person-client.ts';

/** A whole house on free ports, and people to write in it. */
export interface TestHouse extends House {
  readonly folder: string;
  person(role: Role): Promise<PersonClient>;
}

/** Starts the product as `npm start` does, with the carols made already; it ends with the test. */
export async function openHouse(t: TestContext, options: Partial<HouseOptions> = {}): Promise<TestHouse> {
  const { folder = await emptyFolder() } = options;
  await putCarols(folder);
  const anyPort = { number: 0, asked: true };
  const house = await startHouse({ port: anyPort, awsPort: anyPort, ...options, folder });
  const people: PersonClient[] = [];
  t.after(async () => {
    await Promise.all(people.map((person) => person.close()));
    await house.close();
  });
  return {
    ...house,
    folder,
    async person(role) {
      const person = await PersonClient.connect(`${house.pageUrl}/telegram`, role);
      people.push(person);
      return person;
    },
  };
}

/** Makes the host the host, with the code that the page has. */
export async function claim(house: Pick<House, 'pageUrl'>, host: PersonClient): Promise<void> {
  const { startCode } = (await (await fetch(`${house.pageUrl}/mode`)).json()) as { startCode: string };
  await host.say(host.bot, `/start ${startCode}`);
  await host.waitForMessage();
}

/** Shows a video file to the camera, as the page does: once, or over and over. */
export async function showVideo(
  house: Pick<House, 'pageUrl'>,
  name: string,
  video: Uint8Array,
  { loop = false } = {},
): Promise<void> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(video)], { type: 'video/mp4' }), name);
  const answer = await fetch(`${house.pageUrl}/door/camera${loop ? '?loop=1' : ''}`, {
    method: 'POST',
    body: form,
    // A connection of its own: whoever refuses an upload before its end may close it, and the house's own calls, which
    // in a test come from the same process, must not meet it then.
    headers: { 'x-musical-joy': '1', connection: 'close' },
  });
  if (!answer.ok) throw new Error(`The video was refused: ${answer.status} ${await answer.text()}`);
}

/** Invites a guest by a photo with the name as its caption, in the host's private chat. */
export async function invite(
  host: PersonClient,
  name: string,
  photo: Uint8Array,
  kind: 'photo' | 'document' = 'photo',
): Promise<void> {
  await host.send(host.bot, kind, photo, 'picture', { caption: name });
  await host.waitForMessage(({ text }) => text?.startsWith(`Got it, I’ll know ${name}.`) === true);
}

/** Starts a party in the host's private chat; it is on when this is done. */
export async function startParty(host: PersonClient): Promise<void> {
  const { message_id: asked } = await host.say(host.bot, '/start_party');
  // By its id: that of an earlier party may just have been written over, to say that the camera is seen.
  const { message_id: own } = await host.waitForMessage(
    ({ message_id: id, text }) => id > asked && text === 'Starting…',
  );
  await host.waitForMessage(
    ({ message_id: id, text }) => id === own && text?.startsWith('The party’s on') === true,
  );
}

/** Ends it, and gives what the recap says. */
export async function endParty(host: PersonClient): Promise<string> {
  await host.say(host.bot, '/end_party');
  const recap = await host.waitForMessage(({ text }) => text?.startsWith('The party’s over') === true);
  return recap.text ?? '';
}

/** The next arrival that the chat tells of. */
export function nextArrival(host: PersonClient): Promise<PersonMessage> {
  return host.waitForMessage(isArrival, { timeout: 90_000 });
}

/** The next picture of an arrival. */
export function nextSnapshot(host: PersonClient): Promise<PersonMessage> {
  return host.waitForMessage(isSnapshot, { timeout: 60_000 });
}

/**
 * Whether a message is an arrival's picture: it answers it. (Somebody whom nobody knows is shown too, in a message of
 * its own.)
 */
export function isSnapshot({ photo, reply_to_message: arrival }: PersonMessage): boolean {
  return photo !== undefined && arrival !== undefined;
}

/** Whether a message tells of an arrival. */
export function isArrival({ text, caption }: Pick<PersonMessage, 'text' | 'caption'>): boolean {
  return / is here!$/.test(caption ?? text ?? '');
}
