import type { HouseOptions } from '../house-options.ts';
import { localBotToken } from './bot-token.ts';
import { type Chat, chatOnThisMachine, realTelegram } from './chat.ts';

/** The chat: the real Telegram's with a token, and else the page's. */
export async function openChat(options: HouseOptions): Promise<Chat> {
  const { folder, botToken: token, takeOver = false, onDamage } = options;
  const { onChatProblem: onProblem = () => {}, onChatEnd: onEnd = () => {} } = options;
  if (token) return realTelegram({ folder, token, takeOver, onProblem, onEnd });
  return chatOnThisMachine(folder, await localBotToken(folder, { onDamage }), { onDamage });
}
