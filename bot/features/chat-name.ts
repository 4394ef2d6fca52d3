import { type Api, GrammyError } from 'grammy';
import { partyText } from './party.text.ts';

/** A chat as people call it. The bot may have been removed from it since. */
export async function chatName(api: Api, chatId: number): Promise<string> {
  try {
    const chat = await api.getChat(chatId);
    return chat.type === 'private' ? partyText.privateChat : partyText.group(chat.title);
  } catch (error) {
    if (error instanceof GrammyError) return partyText.anotherChat;
    throw error;
  }
}
