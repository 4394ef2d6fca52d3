import { postForm, postJson } from '../http.ts';
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

/** Who is told what has been sent already: when something fails, only the rest is tried again. */
export interface SendProgress {
  onSent(message: Message, attachment?: Attachment): void;
  /** The part of the current file that is sent, 0 to 1. */
  onProgress(sent: number): void;
}

/**
 * Sends a draft: a text, or its files one after another with the text as the caption of the first. Several
 * pictures together are an album, as in Telegram's apps. Throws RequestError.
 */
export async function send({ chatId, as, text, attachments, replyTo }: Draft, progress: SendProgress) {
  const path = `/telegram/chats/${chatId}/messages`;
  if (attachments.length === 0) {
    const reply = replyTo !== undefined && { reply_to_message_id: replyTo };
    progress.onSent(await postJson<Message>(path, { as, text, ...reply }));
    return;
  }
  const pictures = attachments.filter(({ kind }) => kind === 'photo' || kind === 'video');
  const album = pictures.length > 1 ? String(Date.now()) : undefined;
  for (const [index, attachment] of attachments.entries()) {
    const form = new FormData();
    form.set('as', String(as));
    form.set('kind', attachment.kind);
    if (index === 0 && text) form.set('caption', text);
    if (index === 0 && replyTo !== undefined) form.set('reply_to_message_id', String(replyTo));
    if (album !== undefined && pictures.includes(attachment)) form.set('media_group_id', album);
    form.set('file', attachment.file);
    progress.onSent(await postForm<Message>(path, form, progress.onProgress), attachment);
  }
}
