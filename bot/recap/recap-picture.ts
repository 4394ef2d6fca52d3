import { type Api, InlineKeyboard, InputFile } from 'grammy';
import type { Place } from '../../party/outbox/message.ts';
import type { RecapPicture } from '../../party/parties/recap-picture.ts';
import { inTopic } from '../in-topic.ts';
import type { PartyTimes } from '../times.ts';
import { shareButton } from './buttons.ts';
import { recapPictureText as text } from './recap-picture.text.ts';

/** Bot API, sendPhoto. */
const longestCaption = 1024;

/** Sends a recap's picture with its words beneath it. */
export async function sendRecapPicture(
  api: Api,
  times: PartyTimes,
  { chatId, threadId }: Place,
  picture: RecapPicture,
): Promise<void> {
  const { partyId, canShare, jpeg } = picture;
  await api.sendPhoto(chatId, new InputFile(jpeg, 'recap.jpg'), {
    caption: recapCaption(picture, times).slice(0, longestCaption),
    ...inTopic(threadId),
    ...(canShare && {
      reply_markup: new InlineKeyboard().text(text.share, shareButton.write({ party: Date.parse(partyId) })),
    }),
  });
}

/** What stands beneath a recap's picture. */
export function recapCaption(
  { audience, startedAt, endedAt, came, missed, unwritten }: Omit<RecapPicture, 'jpeg'>,
  { date, clock }: PartyTimes,
): string {
  const when = [date(startedAt), clock(startedAt), clock(endedAt)] as const;
  return [
    audience === 'guests' ? text.thankYou(...when) : text.came(...when, came, came + missed.length),
    ...(missed.length > 0 ? [text.missed(missed)] : []),
    ...(unwritten.length > 0 ? [text.unwritten(unwritten)] : []),
  ].join('\n');
}
