import { postForm } from '../http.ts';
import type { Message } from './types.ts';

/** Somebody to be shared with the bot: on this machine a contact is a picture and a name. */
export interface Contact {
  readonly id: number;
  readonly file: File;
  readonly name: string;
}

let nextId = 1;

/** A picture's file as a contact, who is called as the file is: `anna-kovacs.jpg` is "anna kovacs". */
export function contactOf(file: File): Contact {
  const name = file.name
    .replace(/\.\w+$/, '')
    .replaceAll(/[_\-.\s]+/g, ' ')
    .trim();
  return { id: nextId++, file, name };
}

/** Shares contacts for a button of the bot's keyboard. Throws RequestError. */
export function shareContacts(
  { chatId, as, requestId }: { readonly chatId: number; readonly as: number; readonly requestId: number },
  contacts: readonly Contact[],
  onProgress: (sent: number) => void,
): Promise<Message> {
  const form = new FormData();
  form.set('as', String(as));
  form.set('request_id', String(requestId));
  const users = contacts.map(({ id, name }) => ({ first_name: name.trim(), photo: `photo${id}` }));
  form.set('users', JSON.stringify(users));
  for (const { id, file } of contacts) form.set(`photo${id}`, file);
  return postForm<Message>(`/telegram/chats/${chatId}/share-users`, form, onProgress);
}
