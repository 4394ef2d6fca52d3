import { ownHeader } from '../../../local/http/loopback.ts';
import type { SentKind } from '../../../local/telegram/people/acts.ts';
import type { ChatView, PersonView } from '../../../local/telegram/people/views.ts';
import type { Topic } from '../../../local/telegram/state/chats.ts';
import type { CallbackAnswer } from '../../../local/telegram/state/events.ts';
import type { PersonMessage } from '../../../local/telegram/state/messages.ts';
import type { Role } from '../../../local/telegram/state/people.ts';
import { EventReader, type PersonEvent } from './event-reader.ts';

/** What may go with a message. */
export interface Extras {
  readonly replyTo?: number;
  readonly caption?: string;
  readonly mediaGroupId?: string;
  /** The topic of a forum. */
  readonly topic?: number;
}

/** One of a person's contacts, as they are shared with a bot. */
export interface SharedContact {
  /** Of somebody who has an account here. */
  readonly id?: number;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly username?: string;
  /** The profile photo. */
  readonly photo?: Uint8Array;
}

/** The stand-in refused what a person did, in its own words. */
export class RefusedError extends Error {
  override name = 'RefusedError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** One person with a Telegram client, for tests: writes, presses, and waits for what comes, without polling. */
export class PersonClient {
  readonly person: PersonView;
  readonly #root: string;
  readonly #events: EventReader;

  private constructor(root: string, person: PersonView, events: EventReader) {
    this.#root = root;
    this.person = person;
    this.#events = events;
  }

  /** Connects as the person of a role or id; `root` is where Telegram is mounted, as in TELEGRAM_API_ROOT. */
  static async connect(root: string, who: Role | number): Promise<PersonClient> {
    const people = (await fetched(await fetch(`${root}/people`))) as PersonView[];
    const person = people.find(({ id, role }) => id === who || role === who);
    if (person === undefined) throw new RefusedError(404, `There is nobody who is ${who}.`);
    return new PersonClient(root, person, await EventReader.open(`${root}/events?as=${person.id}`));
  }

  /** Makes an account for somebody. */
  static async signUp(root: string, firstName: string): Promise<PersonView> {
    return (await posted(`${root}/people`, { first_name: firstName })) as PersonView;
  }

  /** Ends the event stream. */
  close(): Promise<void> {
    return this.#events.close();
  }

  /** The private chat with the bot; its id is the person's. */
  get bot(): number {
    return this.person.id;
  }

  async chats(): Promise<ChatView[]> {
    return (await this.#get(`/people/${this.person.id}/chats`)) as ChatView[];
  }

  /** The group of a title that this person is in. */
  async group(title: string): Promise<number> {
    const found = (await this.chats()).find((chat) => chat.title === title);
    if (found === undefined) throw new RefusedError(404, `There is no group ${title}.`);
    return found.id;
  }

  async createGroup(title: string, members: readonly number[], botIsAdmin = true): Promise<ChatView> {
    return (await this.#post('/chats', {
      as: this.person.id,
      title,
      members,
      bot_admin: botIsAdmin,
    })) as ChatView;
  }

  /** A basic group, which can be upgraded to a supergroup. */
  async createBasicGroup(title: string, members: readonly number[]): Promise<ChatView> {
    return (await this.#post('/chats', { as: this.person.id, title, members, basic: true })) as ChatView;
  }

  /** Changes a group: `{upgrade: true}`, `{bot: 'kicked'}`, `{open_topic: 'Door'}` and so on. */
  async changeGroup(chat: number, change: object): Promise<ChatView & { readonly topics: readonly Topic[] }> {
    return (await this.#post(`/chats/${chat}/change`, { as: this.person.id, ...change })) as never;
  }

  /** Asks to join a group, by a link of its that wants approval. */
  async askToJoin(chat: number): Promise<void> {
    await this.#post(`/chats/${chat}/join-request`, { as: this.person.id });
  }

  async messages(chat: number = this.bot): Promise<PersonMessage[]> {
    return (await this.#get(`/chats/${chat}/messages?as=${this.person.id}`)) as PersonMessage[];
  }

  async say(chat: number, text: string, extras: Extras = {}): Promise<PersonMessage> {
    const reply = extras.replyTo === undefined ? {} : { reply_to_message_id: extras.replyTo };
    return (await this.#post(`/chats/${chat}/messages`, {
      as: this.person.id,
      text,
      ...reply,
      ...(extras.topic === undefined ? {} : { message_thread_id: extras.topic }),
    })) as PersonMessage;
  }

  sendPhoto(chat: number, bytes: Uint8Array, extras: Extras = {}): Promise<PersonMessage> {
    return this.send(chat, 'photo', bytes, 'photo.jpg', extras);
  }

  sendAudio(chat: number, bytes: Uint8Array, name: string, extras: Extras = {}): Promise<PersonMessage> {
    return this.send(chat, 'audio', bytes, name, extras);
  }

  /** Sends a file as one of a client's kinds. */
  async send(
    chat: number,
    kind: SentKind,
    bytes: Uint8Array,
    name: string,
    extras: Extras = {},
  ): Promise<PersonMessage> {
    const form = new FormData();
    form.set('as', String(this.person.id));
    form.set('kind', kind);
    if (extras.caption !== undefined) form.set('caption', extras.caption);
    if (extras.replyTo !== undefined) form.set('reply_to_message_id', String(extras.replyTo));
    if (extras.mediaGroupId !== undefined) form.set('media_group_id', extras.mediaGroupId);
    form.set('file', new Blob([new Uint8Array(bytes)]), name);
    return (await this.#post(`/chats/${chat}/messages`, form)) as PersonMessage;
  }

  /** Picks contacts for the button of the reply keyboard that asked for users under that number. */
  async shareUsers(
    chat: number,
    requestId: number,
    contacts: readonly SharedContact[],
  ): Promise<PersonMessage> {
    const form = new FormData();
    form.set('as', String(this.person.id));
    form.set('request_id', String(requestId));
    const users = contacts.map(({ photo, ...contact }, index) => {
      if (!photo) return contact;
      form.set(`photo${index}`, new Blob([new Uint8Array(photo)]), 'photo.jpg');
      return { ...contact, photo: `photo${index}` };
    });
    form.set('users', JSON.stringify(users));
    return (await this.#post(`/chats/${chat}/share-users`, form)) as PersonMessage;
  }

  /** Changes the text or the caption of a message of one's own. */
  async edit(
    { chat, message_id }: Pick<PersonMessage, 'chat' | 'message_id'>,
    text: string,
  ): Promise<PersonMessage> {
    const path = `/chats/${chat.id}/messages/${message_id}/edit`;
    return (await this.#post(path, { as: this.person.id, text })) as PersonMessage;
  }

  /** Presses the button with this label or data, and gives the id under which the answer will come. */
  async press(message: PersonMessage, labelOrData: string): Promise<string> {
    const markup = message.reply_markup;
    const buttons = markup && 'inline_keyboard' in markup ? markup.inline_keyboard.flat() : [];
    const button = buttons.find((one) => one.text === labelOrData);
    const data = button && 'callback_data' in button ? button.callback_data : labelOrData;
    const path = `/chats/${message.chat.id}/messages/${message.message_id}/press`;
    const answer = await this.#post(path, { as: this.person.id, data });
    return (answer as { callback_query_id: string }).callback_query_id;
  }

  /** Presses a button and waits for what the bot answers to it. */
  async pressAndWait(
    message: PersonMessage,
    labelOrData: string,
    options: { timeout?: number } = {},
  ): Promise<CallbackAnswer> {
    const id = await this.press(message, labelOrData);
    const isAnswer = (one: PersonEvent) =>
      one.event === 'callback_answer' && one.data.callback_query_id === id;
    return (await this.waitForEvent(isAnswer, options)).data as CallbackAnswer;
  }

  /** Shows a photo, or a song, on the profile. */
  async showOnProfile(what: 'photo' | 'audio', bytes: Uint8Array, name = 'photo.jpg'): Promise<void> {
    const form = new FormData();
    form.set(what, new Blob([new Uint8Array(bytes)]), name);
    await this.#post(`/people/${this.person.id}/profile`, form);
  }

  async block(blocked: boolean): Promise<void> {
    await this.#post(`/people/${this.person.id}/block`, { blocked });
  }

  /** A file's bytes. */
  async download(fileId: string): Promise<Buffer> {
    const response = await fetch(`${this.#root}/files/${fileId}`);
    if (!response.ok) throw new RefusedError(response.status, 'There is no such file.');
    return Buffer.from(await response.arrayBuffer());
  }

  /**
   * The first message of someone else's, new or edited, that fits and was not given before, whether it is
   * there already or still to come.
   * @throws NotSeenError after `timeout` milliseconds
   */
  async waitForMessage(
    fits: (message: PersonMessage) => boolean = () => true,
    options: { timeout?: number } = {},
  ): Promise<PersonMessage> {
    const isWanted = (one: PersonEvent) =>
      (one.event === 'message' || one.event === 'edited') &&
      one.data.from?.id !== this.person.id &&
      fits(one.data);
    return (await this.waitForEvent(isWanted, options)).data as PersonMessage;
  }

  /** The same for any event. */
  waitForEvent(
    fits: (event: PersonEvent) => boolean,
    options: { timeout?: number } = {},
  ): Promise<PersonEvent> {
    return this.#events.waitFor(fits, options);
  }

  async #get(path: string): Promise<unknown> {
    return fetched(await fetch(`${this.#root}${path}`));
  }

  #post(path: string, content: FormData | object): Promise<unknown> {
    return posted(`${this.#root}${path}`, content);
  }
}

async function posted(address: string, content: FormData | object): Promise<unknown> {
  const isForm = content instanceof FormData;
  const response = await fetch(address, {
    method: 'POST',
    headers: { [ownHeader]: '1', ...(isForm ? {} : { 'content-type': 'application/json' }) },
    body: isForm ? content : JSON.stringify(content),
  });
  return fetched(response);
}

async function fetched(response: Response): Promise<unknown> {
  if (response.ok) return response.json();
  const text = await response.text();
  let words = text;
  try {
    words = (JSON.parse(text) as { error?: string }).error ?? text;
  } catch {
    // Not JSON: the text itself says what is wrong.
  }
  throw new RefusedError(response.status, words);
}
