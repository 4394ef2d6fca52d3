import type { Message } from 'grammy/types';

/** Sends a message to a topic of a forum, or to the chat itself without one. */
export function inTopic(threadId: number | undefined) {
  return threadId === undefined ? {} : { message_thread_id: threadId };
}

/**
 * The topic in which something was said. In a group without topics a reply has a `message_thread_id` too, which names no
 * topic (Bot API, Message).
 */
export function topicOf(message: Message | undefined): { readonly threadId?: number } {
  const { is_topic_message: isTopic, message_thread_id: threadId } = message ?? {};
  return isTopic && threadId !== undefined ? { threadId } : {};
}
