import { InlineKeyboard } from 'grammy';
import type { SignUp } from '../../party/sign-ups/sign-ups.ts';
import {
  againButton,
  declineButton,
  endGroupButton,
  endGuestLinkButton,
  hearButton,
  newGuestLinkButton,
  otherButton,
  sameButton,
  welcomeButton,
} from './button-data.ts';
import { inviteText } from './invite.text.ts';

/** Are they welcome? A song that they sent can be heard. */
export function welcomeChoices({ userId, song }: SignUp): InlineKeyboard {
  const keyboard = new InlineKeyboard()
    .text(inviteText.welcome, welcomeButton.write({ userId }))
    .text(inviteText.decline, declineButton.write({ userId }));
  return song?.from === 'guest'
    ? keyboard.row().text(inviteText.listen, hearButton.write({ userId }))
    : keyboard;
}

export const whoChoices = (userId: number, guestId: string, same: string): InlineKeyboard =>
  new InlineKeyboard()
    .text(same, sameButton.write({ userId, guestId }))
    .text(inviteText.someoneElse, otherButton.write({ userId }))
    .row()
    .text(inviteText.decline, declineButton.write({ userId }));

export const againChoice = (linkId: string, userId: number): InlineKeyboard =>
  new InlineKeyboard().text(inviteText.letAgain, againButton.write({ linkId, userId }));

export const linkChoices = (): InlineKeyboard =>
  new InlineKeyboard()
    .text(inviteText.newLink, newGuestLinkButton.write({}))
    .text(inviteText.end, endGuestLinkButton.write({}));

export const groupChoice = (): InlineKeyboard =>
  new InlineKeyboard().text(inviteText.end, endGroupButton.write({}));
