import assert from 'node:assert/strict';
import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import type { Picture } from '../../vision/face.ts';
import { type BotHouse, says } from './bot-house.ts';
import { groupPortrait, groupRecognizer } from './group-photo.ts';
import type { SharedContact } from './telegram/person-client.ts';

/** Of one person nothing is seen, and of another too little. */
export const [hidden, dark] = [20, 21];

/** Of some people nothing is seen, or too little. */
export const recognizer: typeof groupRecognizer = {
  ...groupRecognizer,
  find: async (picture: Picture, ...rest) => {
    const faces = await groupRecognizer.find(picture, ...rest);
    const grey = Math.round(picture.data[300]! / 10);
    if (grey === hidden) return [];
    return grey === dark
      ? faces.map((face) => ({ ...face, quality: { brightness: 5, sharpness: 80 } }))
      : faces;
  },
};

/** A contact with a profile photo of these people. */
export async function contact(
  name: string,
  people: readonly number[] = [],
  which = 0,
): Promise<SharedContact> {
  const [first_name = '', ...rest] = name.split(' ');
  const last_name = rest.join(' ');
  return {
    first_name,
    ...(last_name && { last_name }),
    ...(people.length > 0 && { photo: await groupPortrait(people, which) }),
  };
}

/** `/guests`, *Add from contacts*, and the question with Telegram's picker in place of the keyboard. */
export async function askedForContacts({ host }: BotHouse): Promise<PersonMessage> {
  const { message_id: said } = await host.say(host.bot, '/guests');
  const list = await host.waitForMessage(({ message_id }) => message_id > said);
  await host.press(list, 'Add from contacts');
  return host.waitForMessage(
    (message) => message.message_id > said && says(/pick up to ten people/)(message),
  );
}

/** Picks contacts there. @returns the message that they are in */
export async function share(house: BotHouse, ...contacts: readonly SharedContact[]): Promise<PersonMessage> {
  const { reply_markup: markup } = await askedForContacts(house);
  assert.ok(markup && 'keyboard' in markup);
  assert.deepEqual(
    markup.keyboard.flat().map((button) => (typeof button === 'string' ? button : button.text)),
    ['Choose contacts', '✕ Cancel'],
  );
  return house.host.shareUsers(house.host.bot, 1, contacts);
}
