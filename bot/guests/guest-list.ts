import { InlineKeyboard } from 'grammy';
import { confusions } from '../../party/guests/gallery.ts';
import { distinctNames, forGood, invitedOf } from '../../party/guests/guests.ts';
import { adviceOnPhotos, knownByPoorPhotosOnly, poorPhotos } from '../../party/guests/poor-photos.ts';
import type { Services } from '../../party/services.ts';
import { onPage } from '../buttons.ts';
import { addContactsButton } from '../contacts/buttons.ts';
import { contactsText } from '../contacts/contacts.text.ts';
import type { Shown } from '../shown.ts';
import { songTitle } from '../songs/songs.text.ts';
import { guestActions, guestListChoices } from './buttons.ts';
import { galleryWarning } from './gallery-warning.ts';
import { guestsText as text } from './guests.text.ts';

/**
 * A page of `/guests`.
 *
 * @param page from 0
 * @param isPrivate Telegram lets a bot ask for contacts in private chats only
 */
export async function guestList(
  { guests, songs }: Services,
  page: number,
  isPrivate: boolean,
): Promise<Shown> {
  const [everybody, music, found] = await Promise.all([guests.list(), songs.list(), confusions({ guests })]);
  const contacts = new InlineKeyboard();
  if (isPrivate) contacts.text(contactsText.add, addContactsButton.write({}));
  if (everybody.length === 0) return { told: text.nobody, ...(isPrivate && { keyboard: contacts }) };
  const titles = new Map(music.map((song) => [song.id, songTitle(song)]));
  const names = distinctNames(everybody);
  const shown = await Promise.all(
    onPage(everybody, page).map(async (guest) => {
      const photos = await guests.photos(guest.id);
      return { ...guest, photos: photos.length, arePoor: knownByPoorPhotosOnly(photos) };
    }),
  );
  const warning = galleryWarning(found, everybody);
  const invited = invitedOf(everybody).length;
  const household = everybody.length - invited;
  return {
    told: [
      text.list(invited, household),
      ...shown.map(({ id, photos, songId, livesHere = false, isChild = false, arePoor }) =>
        text.line(names.get(id)!, photos, songId && titles.get(songId), { livesHere, isChild, arePoor }),
      ),
      ...(shown.some(({ arePoor }) => arePoor) ? [text.poorLegend] : []),
      ...warning.lines,
      text.press,
    ].join('\n'),
    keyboard: guestListChoices(everybody, page).row().append(warning.keyboard).row().append(contacts),
  };
}

/** One guest, with what can be done; undefined when there is none (any more). */
export async function guestCard({ guests, songs }: Services, guestId: string): Promise<Shown | undefined> {
  const [everybody, photos, music] = await Promise.all([guests.list(), guests.photos(guestId), songs.list()]);
  const guest = everybody.find(({ id }) => id === guestId);
  if (!guest) return undefined;
  const song = music.find(({ id }) => id === guest.songId);
  const names = distinctNames(everybody);
  const name = names.get(guestId)!;
  const lookalikes = (guest.looksLike ?? []).flatMap((id) => names.get(id) ?? []);
  const poor = poorPhotos(photos);
  return {
    told: [
      text.card(name, photos.length, song && songTitle(song), guest.livesHere === true),
      ...(guest.muted === undefined ? [] : [guest.muted === forGood ? text.muted : text.mutedOnce]),
      ...(guest.isChild ? [text.child] : []),
      ...(lookalikes.length > 0 ? [text.looksLike(lookalikes)] : []),
      ...(poor.length > 0 ? [text.poorPhotos(guest.name, poor.length, adviceOnPhotos(poor))] : []),
      `\n${text.addPhoto(guest.name)}`,
    ].join('\n'),
    keyboard: guestActions(guest, { photos: photos.length, hasSongs: music.length > 0 }),
  };
}
