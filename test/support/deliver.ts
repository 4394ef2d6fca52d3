import assert from 'node:assert/strict';
import type { PersonView } from '../../local/telegram/people/views.ts';
import type { BotHouse } from './bot-house.ts';

/** Members of an update or a message, of kinds that the stand-in's people cannot send. */
export type Content = Record<string, unknown>;

const secretHeader = 'x-telegram-bot-api-secret-token';
let updateId = 500_000;

/** Hands an update to the webhook as Telegram does. @returns the status of the answer */
export async function deliver({ webhookUrl, secret }: BotHouse, update: Content): Promise<number> {
  const answer = await fetch(webhookUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [secretHeader]: secret.webhookSecret },
    body: JSON.stringify({ update_id: ++updateId, ...update }),
  });
  return answer.status;
}

/** Delivers a private message of the host's, which is handled by then. Its id decides where it stands in the chat. */
export async function deliverFromHost(
  house: BotHouse,
  messageId: number,
  content: Content,
  kind: 'message' | 'edited_message' = 'message',
): Promise<void> {
  const { id, first_name } = house.host.person as PersonView;
  const message = {
    message_id: messageId,
    date: Math.floor(Date.now() / 1000),
    chat: { id, type: 'private', first_name },
    from: { id, is_bot: false, first_name },
    ...content,
  };
  assert.equal(await deliver(house, { [kind]: message }), 200);
}
