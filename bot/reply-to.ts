import type { Message } from 'grammy/types';

/** Makes a message a reply to another one, or an ordinary one when that is gone. */
export function replyTo({ messageId }: { readonly messageId: number }) {
  return { reply_parameters: { message_id: messageId, allow_sending_without_reply: true } };
}

/** Whether a message replies to a photo, or to the question that was asked about it. */
export function repliesTo(
  { reply_to_message: repliedTo }: Pick<Message, 'reply_to_message'>,
  { messageId, questionId }: { readonly messageId: number; readonly questionId?: number | undefined },
): boolean {
  // A photo that is not asked about yet has no question, and a message may reply to nothing: these are not the same.
  return repliedTo !== undefined && [messageId, questionId].includes(repliedTo.message_id);
}
