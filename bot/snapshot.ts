import { type Api, InputFile } from 'grammy';
import type { Arrival } from '../party/arrivals/arrivals.ts';
import { replyTo } from './reply-to.ts';

/**
 * Sends the camera's picture of an arrival, as a reply to the message that told of it.
 *
 * @returns the message's id
 */
export async function replyWithSnapshot(
  api: Api,
  { chatId, messageId }: Pick<Arrival, 'chatId' | 'messageId'>,
  jpeg: Uint8Array,
): Promise<number> {
  const picture = new InputFile(jpeg, 'arrival.jpg');
  const reply = messageId === undefined ? {} : replyTo({ messageId });
  const sent = await api.sendPhoto(chatId, picture, { disable_notification: true, ...reply });
  return sent.message_id;
}
