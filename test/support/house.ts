import type { TestContext } from 'node:test';
import { type House, type HouseOptions, startHouse } from '../../local/house.ts';
import { PersonClient } from '../../local/telegram/client.ts';
import type { Role } from '../../local/telegram/state/people.ts';
import { temporaryFolder } from './folder.ts';

/** A whole house on free ports, and people to write in it. */
export interface TestHouse extends House {
  readonly folder: string;
  person(role: Role): Promise<PersonClient>;
}

/** Starts the product as `npm start` does; it ends with the test. */
export async function openHouse(t: TestContext, options: Partial<HouseOptions> = {}): Promise<TestHouse> {
  const { folder, remove } = await temporaryFolder();
  const anyPort = { number: 0, asked: true };
  const house = await startHouse({ folder, port: anyPort, awsPort: anyPort, ...options });
  const people: PersonClient[] = [];
  t.after(async () => {
    await Promise.all(people.map((person) => person.close()));
    await house.close();
    await remove();
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
export async function claim(house: House, host: PersonClient): Promise<void> {
  const { startCode } = (await (await fetch(`${house.pageUrl}/mode`)).json()) as { startCode: string };
  await host.say(host.bot, `/start ${startCode}`);
  await host.waitForMessage();
}

/** Shows a video file to the camera, as the page does. */
export async function showVideo(house: House, name: string, video: Uint8Array): Promise<void> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(video)], { type: 'video/mp4' }), name);
  const answer = await fetch(`${house.pageUrl}/door/camera`, {
    method: 'POST',
    body: form,
    headers: { 'x-musical-joy': '1' },
  });
  if (!answer.ok) throw new Error(`The video was refused: ${answer.status} ${await answer.text()}`);
}
