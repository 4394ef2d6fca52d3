import { InlineKeyboard } from 'grammy';
import type { Confusion } from '../../party/guests/gallery-check.ts';
import { distinctNames, type Guest } from '../../party/guests/guests.ts';
import { dropPhotoButton } from './buttons.ts';
import { guestsText as text } from './guests.text.ts';

/** So many pairs are named; a phone's screen holds no more. */
const mostNamed = 3;

/** What is said of guests who look alike. */
export interface GalleryWarning {
  readonly lines: readonly string[];
  /** To drop a photo that is to blame, a button each. */
  readonly keyboard: InlineKeyboard;
}

/** @param everybody all guests, for their names */
export function galleryWarning(found: readonly Confusion[], everybody: readonly Guest[]): GalleryWarning {
  const names = distinctNames(everybody);
  const keyboard = new InlineKeyboard();
  const lines: string[] = [];
  for (const { guests, blame } of found.slice(0, mostNamed)) {
    const [one, other] = guests.map(({ id }) => names.get(id) ?? '');
    lines.push(text.alike(one!, other!));
    if (!blame) continue;
    const name = names.get(blame.guestId) ?? '';
    lines.push(text.blame(name));
    keyboard.text(text.dropBlamed(name), dropPhotoButton.write(blame)).row();
  }
  if (found.length > mostNamed) lines.push(text.alikeMore(found.length - mostNamed));
  return { lines, keyboard };
}
