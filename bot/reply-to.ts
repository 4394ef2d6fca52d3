/** Makes a message a reply to another one, or an ordinary one when that is gone. */
export function replyTo({ messageId }: { readonly messageId: number }) {
  return { reply_parameters: { message_id: messageId, allow_sending_without_reply: true } };
}
