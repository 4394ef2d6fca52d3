import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Update } from 'grammy/types';
import type { Upload } from '../body.ts';
import { PersonError } from '../errors.ts';
import { DamagedPictureError, type Made, makePhoto, NotAPictureError } from '../media/photo.ts';
import { makeFile } from '../media/recording.ts';
import type { StoredChat } from '../state/chats.ts';
import type { FileKind } from '../state/files.ts';
import type { Change } from '../state/journal.ts';
import { type Content, isInline, isMedia, type StoredMessage, withoutWords } from '../state/messages.ts';
import type { Person } from '../state/people.ts';
import type { Telegram } from '../telegram.ts';
import { formatText, maxCaption, maxText } from '../text/format.ts';
import { type Contact, usersShared } from './share-users.ts';

/** What a person's client can send a file as. */
export type SentKind = Exclude<FileKind, 'thumbnail'>;

/** A file on its way into a chat. */
export interface FileToSend {
  readonly upload: Upload;
  readonly kind: SentKind;
  readonly caption?: string | undefined;
  /** Shared by the files of one album. */
  readonly mediaGroupId?: string | undefined;
}

/** What one person does in one chat; every act checks that this person may. */
export class Acts {
  readonly #telegram: Telegram;
  readonly #person: Person;
  readonly #chat: StoredChat;

  /** @throws PersonError 403 when the person is not in the chat. */
  constructor(telegram: Telegram, person: Person, chat: StoredChat) {
    checkMember(person, chat);
    this.#telegram = telegram;
    this.#person = person;
    this.#chat = chat;
  }

  /** @throws PersonError for a text that is empty or too long, or a reply to nothing. */
  say(text: string, replyTo: number | undefined, topic?: number): StoredMessage {
    return this.#post(words(text, 'text', maxText), replyTo, [], topic);
  }

  /** @throws PersonError for a photo that is no picture, an empty file, or a caption that is too long. */
  async send(file: FileToSend, replyTo: number | undefined): Promise<StoredMessage> {
    const { upload, kind, caption, mediaGroupId } = file;
    if (upload.bytes.length === 0) throw new PersonError(422, 'The file is empty.');
    this.#check(replyTo);
    const caption_ = caption?.trim() ? words(caption, 'caption', maxCaption) : {};
    const made = await this.#make(upload, kind);
    const group = mediaGroupId ? { media_group_id: mediaGroupId } : {};
    return this.#post({ ...made.media, ...caption_, ...group }, replyTo, made.changes);
  }

  /**
   * Changes the text of a message of one's own, or the caption of a file.
   * @throws PersonError for somebody else's message, one without words of its own, or words that are none or too many.
   */
  edit(messageId: number, text: string): StoredMessage {
    const message = this.#telegram.messages.find(this.#chat, messageId);
    if (message === undefined) throw new PersonError(404, 'That message is no longer there.');
    const { content, from } = message;
    const isOwn = from.id === this.#person.user.id;
    if (!isOwn || (content.text === undefined && !isMedia(content)))
      throw new PersonError(403, 'That message cannot be edited.');
    this.#check(undefined);
    const caption = text.trim() === '' ? {} : words(text, 'caption', maxCaption);
    const said = content.text === undefined ? caption : words(text, 'text', maxText);
    const changed = { ...withoutWords(content), ...said };
    if (isDeepStrictEqual(changed, content)) return message;
    const edited = { ...message, content: changed, edit_date: this.#telegram.date() };
    this.#telegram.edit(this.#chat, edited);
    return edited;
  }

  /**
   * Deletes a message for everyone: one's own, and in a private chat the bot's too. Its file goes from the disk with it.
   * @throws PersonError for one that is gone, or somebody else's
   */
  delete(messageId: number): void {
    const message = this.#telegram.messages.find(this.#chat, messageId);
    if (message === undefined) throw new PersonError(404, 'That message is no longer there.');
    const { id } = message.from;
    const isOwn = id === this.#person.user.id;
    const isBots = id === this.#telegram.bot.id && this.#chat.type === 'private';
    if (!isOwn && !isBots) throw new PersonError(403, 'Only whoever wrote that message can delete it.');
    this.#telegram.erase(this.#chat, [messageId]);
  }

  /**
   * Presses a button of a message; what the bot answers comes as an event.
   * @throws PersonError when there is no such button.
   */
  press(messageId: number, data: string): string {
    const telegram = this.#telegram;
    const message = telegram.messages.find(this.#chat, messageId);
    if (message === undefined) throw new PersonError(404, 'That message is no longer there.');
    const rows = isInline(message.reply_markup) ? message.reply_markup.inline_keyboard : [];
    const isThere = rows.flat().some((button) => 'callback_data' in button && button.callback_data === data);
    if (!isThere) throw new PersonError(400, 'That button is no longer there.');
    const { id, changes } = telegram.queries.ask(this.#person.user.id);
    const callback_query: NonNullable<Update['callback_query']> = {
      id,
      from: this.#person.user,
      message: telegram.messages.forBot(this.#chat, message),
      chat_instance: createHash('sha256').update(`chat ${this.#chat.id}`).digest('hex').slice(0, 16),
      data,
    };
    const isLeft = this.#chat.bot === 'left' || this.#chat.bot === 'kicked';
    const update = isLeft ? [] : telegram.updates.offer({ callback_query }, `user ${this.#person.user.id}`);
    telegram.journal.commit([...changes, ...update]);
    return id;
  }

  /** Shares contacts with the bot, by a button of the reply keyboard. @throws PersonError see {@link usersShared} */
  async shareUsers(requestId: number, contacts: readonly Contact[]): Promise<StoredMessage> {
    this.#check(undefined);
    const { content, changes } = await usersShared(this.#telegram, this.#chat, requestId, contacts);
    return this.#post(content, undefined, changes);
  }

  async #make(upload: Upload, kind: SentKind): Promise<Made> {
    if (kind !== 'photo') return makeFile(this.#telegram.files, kind, upload);
    try {
      return await makePhoto(this.#telegram.files, upload.bytes);
    } catch (error) {
      if (!(error instanceof NotAPictureError)) throw error;
      if (error instanceof DamagedPictureError)
        throw new PersonError(422, 'The picture is damaged or cut off. Do you have another copy of it?');
      throw new PersonError(415, 'This is not a picture that can be sent as a photo; send it as a file.');
    }
  }

  #check(replyTo: number | undefined): void {
    const isPrivate = this.#chat.type === 'private';
    if (isPrivate && this.#blocked()) throw new PersonError(403, 'The bot is blocked; unblock it first.');
    if (replyTo !== undefined && this.#telegram.messages.find(this.#chat, replyTo) === undefined) {
      throw new PersonError(404, 'The message to reply to is no longer there.');
    }
    if (this.#chat.upgradedTo !== undefined)
      throw new PersonError(403, 'This group was upgraded to a supergroup.');
  }

  #blocked(): boolean {
    return this.#telegram.people.find(this.#person.user.id)?.blocked === true;
  }

  #post(
    content: Content,
    replyTo: number | undefined,
    changes: readonly Change[] = [],
    topic?: number,
  ): StoredMessage {
    this.#check(replyTo);
    if (topic !== undefined && !this.#chat.topics?.some(({ id }) => id === topic))
      throw new PersonError(404, 'There is no such topic.');
    const started = this.#chat.started ? [] : [this.#telegram.chats.put({ ...this.#chat, started: true })];
    return this.#telegram.post(this.#chat, this.#person.user, content, {
      replyTo,
      topic,
      with: [...changes, ...started],
    });
  }
}

/** @throws PersonError 403 when the person is not in the chat. */
export function checkMember(person: Person, chat: StoredChat): void {
  if (!chat.members.includes(person.user.id)) throw new PersonError(403, 'This person is not in that chat.');
}

function words(raw: string, member: 'text' | 'caption', longest: number): Content {
  const { text, entities } = formatText(raw, undefined, undefined);
  if (text === '') throw new PersonError(400, 'The message is empty.');
  if (text.length > longest) throw new PersonError(400, `Too long: at most ${longest} characters.`);
  const key = member === 'text' ? 'entities' : 'caption_entities';
  return { [member]: text, ...(entities.length > 0 ? { [key]: entities } : {}) };
}

/** Blocks or unblocks the bot; the bot is told by `my_chat_member`. */
export function block(telegram: Telegram, person: Person, blocked: boolean): void {
  if (person.blocked === blocked) return;
  const chat = telegram.chats.find(person.user.id);
  const [from, to] = blocked ? ['member', 'kicked'] : ['kicked', 'member'];
  const told = chat === undefined ? [] : telegram.memberUpdate(chat, person.user, from, to);
  telegram.journal.commit([telegram.people.put({ ...person, blocked }), ...told]);
}

/**
 * A new group with the bot in it, as an administrator (it sees everything) or as a plain member (privacy mode).
 * @throws PersonError for a title that is missing or too long, or members who do not exist.
 */
export function createGroup(
  telegram: Telegram,
  creator: Person,
  wanted: { title: string; members: readonly number[]; botIsAdmin: boolean; basic?: boolean },
): StoredChat {
  const title = wanted.title.trim();
  if (title === '' || title.length > 128)
    throw new PersonError(400, 'A group needs a title of 1 to 128 characters.');
  if (wanted.members.some((id) => telegram.people.find(id) === undefined)) {
    throw new PersonError(400, 'There is nobody with that id.');
  }
  const bot = wanted.botIsAdmin ? 'administrator' : 'member';
  const chat = wanted.basic
    ? telegram.chats.basicGroup(title, creator, wanted.members, bot)
    : telegram.chats.group(title, creator, wanted.members, bot);
  telegram.post(
    chat,
    creator.user,
    { new_chat_members: [telegram.self] },
    {
      with: [
        telegram.chats.put(chat),
        ...telegram.events.record({ type: 'chat', chat_id: chat.id }),
        ...telegram.memberUpdate(chat, creator.user, 'left', chat.bot),
      ],
    },
  );
  return chat;
}
