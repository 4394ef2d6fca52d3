import type { KeyboardButtonRequestUsers, SharedUser, UsersShared } from 'grammy/types';
import type { Upload } from '../body.ts';
import { PersonError } from '../errors.ts';
import { makePhoto, NotAPictureError, profileEdges } from '../media/photo.ts';
import type { StoredChat } from '../state/chats.ts';
import type { Change } from '../state/journal.ts';
import type { Telegram } from '../telegram.ts';

/** Somebody in a person's contacts: one who has an account here, by the id, or anyone by a name. */
export interface Contact {
  readonly id?: number;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly username?: string;
  /** The profile photo that this person may see, if there is one. */
  readonly photo?: Upload | undefined;
}

/** Ids of contacts who have no account here begin behind this. */
const firstContactId = 8_000_000_000;

/**
 * Reads contacts as a client sends them: JSON, in which `photo` names the file that came with it.
 * @throws PersonError when it is no such list
 */
export function sharedContacts(users: unknown, files: ReadonlyMap<string, Upload>): Contact[] {
  const list = typeof users === 'string' ? readJson(users) : users;
  if (!Array.isArray(list)) throw new PersonError(400, 'A list of contacts is expected.');
  return list.map((contact: Readonly<Record<string, unknown>> | null) => ({
    ...(contact?.id !== undefined && { id: Number(contact.id) }),
    ...Object.fromEntries(names.flatMap((name) => (contact?.[name] ? [[name, String(contact[name])]] : []))),
    photo: files.get(String(contact?.photo)),
  }));
}

const names = ['first_name', 'last_name', 'username'] as const;

/**
 * What a person's client tells the bot when people were picked for a button of the reply keyboard (Bot API,
 * *KeyboardButtonRequestUsers*): as much of each as the button asked for.
 *
 * @returns the service message's content, and the changes that make the photos known
 * @throws PersonError when there is no such button (any more), for nobody, too many, or a photo that is no picture
 */
export async function usersShared(
  telegram: Telegram,
  chat: StoredChat,
  requestId: number,
  contacts: readonly Contact[],
): Promise<{
  readonly content: { readonly users_shared: UsersShared };
  readonly changes: readonly Change[];
}> {
  const asked = requestIn(telegram, chat, requestId);
  const most = asked.max_quantity ?? 1;
  if (contacts.length === 0) throw new PersonError(400, 'Nobody is picked.');
  if (contacts.length > most)
    throw new PersonError(400, most === 1 ? 'Pick one person.' : `Pick at most ${most} people.`);
  const users: SharedUser[] = [];
  const changes: Change[] = [];
  for (const contact of contacts) {
    const account = accountOf(telegram, contact);
    const { first_name, last_name, username } = account;
    const photo =
      asked.request_photo && contact.photo ? await profilePhoto(telegram, contact.photo) : undefined;
    changes.push(...(photo?.changes ?? []));
    users.push({
      user_id: account.id,
      ...(asked.request_name && { first_name, ...(last_name && { last_name }) }),
      ...(asked.request_username && username && { username }),
      ...(photo?.media.photo && { photo: photo.media.photo }),
    });
  }
  return { content: { users_shared: { request_id: requestId, users } }, changes };
}

/** The button of that number, on the keyboard that the chat shows now. */
function requestIn(telegram: Telegram, chat: StoredChat, requestId: number): KeyboardButtonRequestUsers {
  const markup = telegram.messages
    .all(chat)
    .findLast(
      ({ reply_markup: one }) => one !== undefined && ('keyboard' in one || 'remove_keyboard' in one),
    )?.reply_markup;
  const buttons = markup && 'keyboard' in markup ? markup.keyboard.flat() : [];
  for (const button of buttons) {
    if (typeof button === 'string' || !('request_users' in button)) continue;
    if (button.request_users.request_id === requestId) return button.request_users;
  }
  throw new PersonError(400, 'That button is no longer there.');
}

function accountOf(telegram: Telegram, contact: Contact): Omit<Contact, 'photo'> & { readonly id: number } {
  if (contact.id !== undefined) {
    const person = telegram.people.find(contact.id);
    if (person === undefined) throw new PersonError(404, 'There is nobody with that id.');
    return person.user;
  }
  if (!contact.first_name?.trim()) throw new PersonError(400, 'A contact needs a name.');
  return { ...contact, id: telegram.journal.take('contact', firstContactId) };
}

/** A profile photo in its sizes. @throws PersonError for what is no picture */
export async function profilePhoto(telegram: Telegram, { bytes }: Upload) {
  try {
    return await makePhoto(telegram.files, bytes, profileEdges);
  } catch (error) {
    if (!(error instanceof NotAPictureError)) throw error;
    throw new PersonError(400, 'This is not a picture that can be a profile photo.');
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
