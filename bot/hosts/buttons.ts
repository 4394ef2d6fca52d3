import { InlineKeyboard } from 'grammy';
import type { Host } from '../../party/hosts/hosts.ts';
import { callbackData, idField, userField } from '../callback-data.ts';
import { hostsText as text } from './hosts.text.ts';

/** An invitation is taken back, by its id. */
export const takeBackButton = callbackData('cohost:back', { invitationId: idField });
export const removeHostButton = callbackData('host:remove', { userId: userField });
export const restoreHostButton = callbackData('host:restore', { userId: userField });

export const takeBack = (invitationId: string): InlineKeyboard =>
  new InlineKeyboard().text(text.takeBack, takeBackButton.write({ invitationId }));

/** A button for each of them. */
export function removals(hosts: ReadonlyArray<Pick<Host, 'userId' | 'name'>>): InlineKeyboard {
  const keyboard = new InlineKeyboard();
  for (const { userId, name } of hosts)
    keyboard.text(text.remove(name), removeHostButton.write({ userId })).row();
  return keyboard;
}

export const undoRemoval = (userId: number): InlineKeyboard =>
  new InlineKeyboard().text(text.undo, restoreHostButton.write({ userId }));
