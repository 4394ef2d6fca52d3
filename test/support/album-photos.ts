import type { BotHouse } from './bot-house.ts';
import type { Content } from './deliver.ts';
import { plainPortrait } from './plain-faces.ts';

export const [anna, berta, carla] = [1, 2, 3];

/** What the bot has said, as it reads now. */
export async function said({ host }: BotHouse): Promise<string[]> {
  const messages = await host.messages();
  return messages.filter(({ from }) => from?.is_bot).map(({ text = '' }) => text);
}

/** Photos that Telegram has, to be delivered in any order: in a group nobody takes them. */
export async function uploaded({ host }: BotHouse, people: readonly number[]): Promise<Content[]> {
  const group = (await host.createGroup('The flat', [])).id;
  const photos: Content[] = [];
  for (const [index, person] of people.entries()) {
    const { photo } = await host.sendPhoto(group, await plainPortrait(person, index));
    photos.push({ photo });
  }
  return photos;
}
