import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import type { BotHouse } from './bot-house.ts';
import { type Content, deliverFromHost } from './deliver.ts';
import { groupPortrait } from './group-photo.ts';

export const [anna, ben, carla] = [1, 2, 3];

/** A photo of an album: whom it shows, and what stands under it. */
export interface Shown {
  readonly people: readonly number[];
  readonly caption?: string;
}

/** An album that Telegram has, to be delivered in any order: in a group nobody takes its photos. */
export async function album(
  { host }: BotHouse,
  photos: readonly Shown[],
): Promise<Array<Content & { id: number }>> {
  const group = (await host.createGroup('The flat', [])).id;
  const uploaded = [];
  for (const [index, { people, caption }] of photos.entries()) {
    const { photo } = await host.sendPhoto(group, await groupPortrait(people, index));
    uploaded.push({ id: 900 + index, photo, media_group_id: 'several', ...(caption && { caption }) });
  }
  return uploaded;
}

/** Delivers some of its photos, in the order given. */
export async function deliver(
  house: BotHouse,
  photos: ReadonlyArray<Content & { id: number }>,
): Promise<void> {
  for (const { id, ...content } of photos) await deliverFromHost(house, id, content);
}

/** What the bot has said, as it reads now. */
export async function said({ host }: BotHouse): Promise<PersonMessage[]> {
  return (await host.messages()).filter(({ from }) => from?.is_bot);
}

/** The newest question about an album. */
export const question = async (house: BotHouse): Promise<PersonMessage> =>
  (await said(house)).findLast(({ text = '' }) => text.startsWith('These photos show'))!;

/** Photos of two people: Anna, Ben, and Anna again. */
export const two = (captioned?: number): Shown[] =>
  [anna, ben, anna].map((person, index) => ({
    people: [person],
    ...(index === captioned && { caption: 'Anna' }),
  }));
