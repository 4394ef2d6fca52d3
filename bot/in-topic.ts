/** Sends a message to a topic of a forum, or to the chat itself without one. */
export function inTopic(threadId: number | undefined) {
  return threadId === undefined ? {} : { message_thread_id: threadId };
}
