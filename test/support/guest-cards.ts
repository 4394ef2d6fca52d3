import { type BotHouse, says } from './bot-house.ts';
import { plainPortrait } from './plain-faces.ts';
import type { PersonClient } from './telegram/person-client.ts';

export const [anna, berta] = [1, 5];

/** The card of a guest, from a new list. */
export async function opened(host: PersonClient, name: string) {
  const { message_id: asked } = await host.say(host.bot, '/guests');
  const list = await host.waitForMessage(
    ({ message_id, text }) => message_id > asked && /guests?:\n/.test(text ?? ''),
  );
  await host.press(list, name);
  return host.waitForMessage(
    ({ message_id, text }) => message_id === list.message_id && text?.startsWith(`${name}\n`) === true,
  );
}

/** Anna and Berta, each by a photo. */
export async function addGuests({ host }: BotHouse): Promise<void> {
  await host.sendPhoto(host.bot, await plainPortrait(anna), { caption: 'Anna' });
  await host.waitForMessage(says(/^Got it, I’ll know Anna\./));
  await host.sendPhoto(host.bot, await plainPortrait(berta), { caption: 'Berta' });
  await host.waitForMessage(says(/^Got it, I’ll know Berta\./));
}
