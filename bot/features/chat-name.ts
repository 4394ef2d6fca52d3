import { type Api, GrammyError } from 'grammy';
import { shownName } from '../names.ts';
import { partyText } from './party.text.ts';

/** A chat as people call it. The bot may have been removed from it since. */
export async function chatName(api: Api, chatId: number): Promise<string> {
  try {
    const chat = await api.getChat(chatId);
    if (chat.type === 'private') return partyText.privateChat;
    const title = shownName(chat.title);
    return title === '' ? partyText.anotherChat : partyText.group(title);
  } catch (error) {
    if (error instanceof GrammyError) return partyText.anotherChat;
    throw error;
  }
}
