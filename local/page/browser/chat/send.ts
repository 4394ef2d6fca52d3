import { postForm, postJson, RequestError } from '../http.ts';
import type { Attachment } from './attachments.tsx';
import type { Message } from './types.ts';

/** A message as it was written. */
export interface Draft {
  readonly chatId: number;
  readonly as: number;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly replyTo?: number | undefined;
}

/** Changes the text of a message, or the caption of a file. Throws RequestError. */
export const edit = (
  { chat, message_id: id }: Pick<Message, 'chat' | 'message_id'>,
  as: number,
  text: string,
): Promise<Message> => postJson<Message>(`/telegram/chats/${chat.id}/messages/${id}/edit`, { as, text });

/** Deletes a message for everyone. Throws RequestError. */
export const deleteMessage = (
  { chat, message_id: id }: Pick<Message, 'chat' | 'message_id'>,
  as: number,
): Promise<void> => postJson<void>(`/telegram/chats/${chat.id}/messages/${id}/delete`, { as });

/** Who is told what has been sent already: when something fails, only the rest is tried again. */
export interface SendProgress {
  /** A file was not taken, for a reason in words; the others are sent all the same. */
  onRefused(attachment: Attachment, why: RequestError): void;
  onSent(message: Message, attachment?: Attachment): void;
  /** The part of the current file that is sent, 0 to 1. */
  onProgress(sent: number): void;
}

/**
 * Sends a draft: a text, or its files one after another with the text as the caption of the first. Several
 * pictures together are an album, as in Telegram's apps.
 *
 * @returns whether the text went
 * @throws RequestError
 */
export async function send(
  { chatId, as, text, attachments, replyTo }: Draft,
  progress: SendProgress,
): Promise<boolean> {
  const path = `/telegram/chats/${chatId}/messages`;
  if (attachments.length === 0) {
    const reply = replyTo !== undefined && { reply_to_message_id: replyTo };
    progress.onSent(await postJson<Message>(path, { as, text, ...reply }));
    return true;
  }
  const pictures = attachments.filter(({ kind }) => kind === 'photo' || kind === 'video');
  const album = pictures.length > 1 ? String(Date.now()) : undefined;
  let first = true;
  for (const attachment of attachments) {
    const form = new FormData();
    form.set('as', String(as));
    form.set('kind', attachment.kind);
    if (first && text) form.set('caption', text);
    if (first && replyTo !== undefined) form.set('reply_to_message_id', String(replyTo));
    if (album !== undefined && pictures.includes(attachment)) form.set('media_group_id', album);
    form.set('file', attachment.file);
    try {
      progress.onSent(await postForm<Message>(path, form, progress.onProgress), attachment);
      first = false;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      progress.onRefused(attachment, error);
    }
  }
  return !first;
}

/** Whether it is this file that is not taken, and neither its caption nor the connection or the disk. */
const isRefusal = (error: unknown): error is RequestError =>
  error instanceof RequestError && [413, 415, 422].includes(error.status ?? 0);
