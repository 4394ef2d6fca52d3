import assert from 'node:assert/strict';
import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import { readHeld } from '../../party/forget/held.ts';
import { type BotHouse, says } from './bot-house.ts';
import type { PersonClient } from './telegram/person-client.ts';

/** The code in the link that the bot gives the host for guests. */
export async function guestCode({ host }: Pick<BotHouse, 'host'>): Promise<string> {
  const { message_id: asked } = await host.say(host.bot, '/invite');
  const invitation = await host.waitForMessage(
    (message) => message.message_id > asked && says(/^\w+ invites you! Open this link/)(message),
  );
  const code = /\?start=(\S+)$/.exec(invitation.caption ?? '')?.[1] ?? '';
  assert.match(code, /^guest-[\w-]{32}$/);
  return code;
}

/** Somebody opens the link, reads and agrees. @returns the question for a photo */
export async function agreeTo(guest: PersonClient, code: string): Promise<PersonMessage> {
  await guest.say(guest.bot, `/start ${code}`);
  await guest.press(await guest.waitForMessage(says(/Is that OK\?$/)), 'I agree');
  return guest.waitForMessage(says(/^Great! How will I know you\?/));
}

/** Somebody agrees, sends a selfie and wants to be surprised. @returns the card in the host's chat */
export async function signUp(
  { host }: Pick<BotHouse, 'host'>,
  guest: PersonClient,
  code: string,
  selfie: Uint8Array,
): Promise<PersonMessage> {
  await agreeTo(guest, code);
  await guest.sendPhoto(guest.bot, selfie);
  await guest.press(await guest.waitForMessage(says(/^That’s a good photo/)), 'Surprise me');
  await guest.waitForMessage(says(/^Thanks! I’ve asked/));
  return host.waitForMessage(asksAbout(guest));
}

/** Whether a message is the card about somebody. */
export const asksAbout = ({ person }: PersonClient): ((message: PersonMessage) => boolean) =>
  says(new RegExp(`^${person.first_name}\\b.* would like to come\\.`));

/** All that a house holds of somebody: items with their number or name, and all photos and faces there are. */
export async function tracesOf(
  { services }: Pick<BotHouse, 'services'>,
  { person: { id, first_name: name } }: PersonClient,
): Promise<string[]> {
  const { items, objects, faces } = await readHeld(services);
  const own = items
    // Which updates were seen, and where a chat's messages go.
    .filter(({ pk }) => !/^(UPDATE|DESTINATION)#/.test(pk))
    .filter((item) => [String(id), name].some((word) => JSON.stringify(item).includes(word)));
  return [...own.map(({ pk, sk }) => `${pk} ${sk}`), ...objects, ...faces];
}
