import type { Api } from 'grammy';
import type { Services } from '../../party/services.ts';
import { inTopic } from '../in-topic.ts';
import { OpenQuestion, type Question } from '../open-question.ts';
import type { SaidStart } from '../party/answer-start.ts';
import { zonesKeyboard } from './buttons.ts';
import { settingsText as text } from './settings.text.ts';
import { offeredTimeZones } from './time-zones.ts';

/** A start of a party that waits until its host has said what time it is. */
export type WaitingStart = Question & SaidStart;

/** Asked in the private chat, whose id is the user's. */
const askerOf = (userId: number) => ({ chatId: userId, userId });

const waitingStarts = (services: Pick<Services, 'table' | 'now'>): OpenQuestion<WaitingStart> =>
  new OpenQuestion(services, 'start after time zone');

/** Asks in private what time it is, before the first party. It starts when that is said. */
export async function askTimeZone(
  services: Pick<Services, 'table' | 'now'>,
  api: Api,
  said: SaidStart,
  language: string | undefined,
): Promise<void> {
  const { chatId, threadId, userId } = said;
  const { message_id: messageId } = await api.sendMessage(userId, text.askZoneFirst, {
    reply_markup: zonesKeyboard(offeredTimeZones(language), services.now(), 0),
  });
  await waitingStarts(services).ask(askerOf(userId), { ...said, messageId });
  if (chatId !== userId) await api.sendMessage(chatId, text.askedInPrivate, inTopic(threadId));
}

/** The start that waited for this, once: whoever takes it starts the party. */
export async function takeWaitingStart(
  services: Pick<Services, 'table' | 'now'>,
  userId: number,
): Promise<WaitingStart | undefined> {
  const starts = waitingStarts(services);
  const waiting = await starts.get(askerOf(userId));
  return waiting && (await starts.settle(askerOf(userId), waiting)) ? waiting : undefined;
}
