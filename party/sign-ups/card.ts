import type { Chat } from '../chat.ts';
import { OvertakenError } from '../errors.ts';
import type { Deliver } from '../outbox/deliveries.ts';
import type { Message, Place } from '../outbox/message.ts';
import type { Services } from '../services.ts';
import { cardKey, type SignUp, SignUps, stepOf } from './sign-ups.ts';

interface CardItem {
  readonly userId: number;
  readonly ask: number;
}

/** The card that asks a host whether somebody is welcome, in private. @param time milliseconds since 1970 */
export function signUpCard({ userId, invitedBy }: SignUp, ask: number, time: number): Message {
  const details = { userId, ask } satisfies CardItem;
  return { kind: 'sign-up', key: cardKey(userId, ask), place: { chatId: invitedBy }, time, details };
}

/** Sends a card, unless it is settled by now, or another one asks. */
export function deliverSignUp({ table }: Pick<Services, 'table'>, chat: Pick<Chat, 'askToWelcome'>): Deliver {
  const signUps = new SignUps(table);
  return async ({ userId, ask }: CardItem, { chatId }: Place) => {
    const signUp = await signUps.get(userId);
    if (!signUp || stepOf(signUp) !== 'answer' || signUp.ask !== ask)
      throw new OvertakenError('It is not to be asked any more.');
    const messageId = await chat.askToWelcome({ chatId }, signUp);
    await signUps.change(userId, { card: { chatId, messageId } });
  };
}
