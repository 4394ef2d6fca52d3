import { type Api, GrammyError } from 'grammy';
import type { Place } from '../../party/outbox/message.ts';
import type { Services } from '../../party/services.ts';
import type { SignUp } from '../../party/sign-ups/sign-ups.ts';
import { isChatGone, orNotSent } from '../refusal.ts';
import { welcomeChoices } from './host-keyboards.ts';
import { inviteText as text } from './invite.text.ts';
import { songWords } from './song-words.ts';

/**
 * Sends a host the card of somebody who has added themselves: photo, name and song. The photo goes by its file_id, from
 * Telegram to Telegram; one that is not there any more leaves the words.
 *
 * @returns the message's id
 */
export async function sendSignUpCard(
  services: Pick<Services, 'songs' | 'now'>,
  api: Api,
  { chatId }: Place,
  signUp: SignUp,
): Promise<number> {
  const { name, username, photo, song } = signUp;
  const card = text.card(name, username, await songWords(services, song));
  const markup = { reply_markup: welcomeChoices(signUp) };
  const words = () => api.sendMessage(chatId, `${card}\n\n${text.noPhoto(name)}`, markup);
  const send = async () => {
    if (!photo) return words();
    try {
      const more = { caption: `${card}\n\n${text.isIt(name)}`, ...markup };
      return await (photo.isFile
        ? api.sendDocument(chatId, photo.fileId, more)
        : api.sendPhoto(chatId, photo.fileId, more));
    } catch (error) {
      if (error instanceof GrammyError && error.error_code === 400 && !isChatGone(error)) return words();
      throw error;
    }
  };
  return (await orNotSent(services.now, send)).message_id;
}
