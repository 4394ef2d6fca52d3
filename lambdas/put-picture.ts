import { type Api, GrammyError, type InlineKeyboard, InputFile } from 'grammy';
import { questionPictureText } from '../bot/enrolment/question-picture.text.ts';
import { writeOver } from '../bot/write-over.ts';

/** A question as it is to be read at this moment. */
export interface Asked {
  readonly messageId: number;
  readonly text: string;
  readonly keyboard: InlineKeyboard;
}

/**
 * Puts a picture into the message of a question. It may be answered meanwhile: then what it reads by now stays, or,
 * when the answer was just overwritten, the question goes without its buttons.
 *
 * @param answered what it reads then; without, that it is answered
 */
export async function putPicture(
  api: Api,
  chatId: number,
  picture: Uint8Array,
  asked: () => Promise<Asked | undefined>,
  answered: () => Promise<string> = async () => questionPictureText.answered,
): Promise<void> {
  const before = await asked();
  if (!before) return;
  const { messageId } = before;
  const media = { type: 'photo', media: new InputFile(picture, 'faces.jpg'), caption: before.text } as const;
  try {
    await api.editMessageMedia(chatId, messageId, media, { reply_markup: before.keyboard });
  } catch (error) {
    // The message is gone.
    if (error instanceof GrammyError && error.error_code === 400) return;
    throw error;
  }
  const after = await asked();
  if (!after) await writeOver(api, { chatId, messageId }, await answered());
  else if (JSON.stringify(after) !== JSON.stringify(before))
    await writeOver(api, { chatId, messageId }, after.text, after.keyboard);
}
