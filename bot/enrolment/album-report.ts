import type { Guest } from '../../party/guests/guests.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { showStatus } from '../show-status.ts';
import { type AlbumPhoto, AlbumPhotos } from './album-photos.ts';
import { enrolmentText as text } from './enrolment.text.ts';
import { hasSong, type PhotoResult, songKeyboard } from './photo-result.ts';
import type { SentPhoto } from './sent-photo.ts';

/** A photo of an album. */
export type OfAlbum = SentPhoto & { readonly albumId: string };

/** Notes what came of a photo of an album, and writes the album's one message anew. */
export async function reportAlbumPhoto(
  services: Services,
  ctx: BotContext,
  photo: OfAlbum,
  result: PhotoResult,
): Promise<void> {
  await new AlbumPhotos(services.table, services.now).note(photo.albumId, noteOf(photo, result));
  await writeAlbumReport(services, ctx, photo);
}

/** Writes the message that tells of an album as things are noted by now. */
export async function writeAlbumReport(services: Services, ctx: BotContext, photo: OfAlbum): Promise<void> {
  const photos = new AlbumPhotos(services.table, services.now);
  const all = await photos.list(photo.albumId);
  const ids = [...new Set(all.flatMap(({ guestId }) => guestId ?? []))];
  const guests = (await Promise.all(ids.map((id) => services.guests.get(id)))).filter(
    (guest) => guest !== undefined,
  );
  const songless: Guest[] = [];
  for (const guest of guests) if (!(await hasSong(services, guest))) songless.push(guest);
  const [only] = guests.length === 1 ? songless : [];
  const keyboard = only && (await songKeyboard(services, only));
  const [first, second] = songless;
  const song = second ? [text.wantSongs] : first ? [text.wantSong(first.name)] : [];
  const shown = { told: [...albumLines(all), ...song].join('\n'), ...(keyboard && { keyboard }) };
  const before = await photos.reportId(photo.albumId);
  const messageId = await showStatus(ctx, before, shown, photo);
  if (messageId !== before) await photos.setReportId(photo.albumId, messageId);
}

function noteOf({ messageId }: OfAlbum, result: PhotoResult): AlbumPhoto {
  switch (result.outcome) {
    case 'enrolled': {
      const { guest, photoId, isNew, photos, advice } = result;
      const { id: guestId, name } = guest;
      return { messageId, outcome: 'enrolled', guestId, name, photoId, isNew, photos, advice };
    }
    case 'known': {
      const { guest, said, sameName } = result;
      if (sameName) return { messageId, outcome: 'known', guestId: guest.id, name: guest.name };
      return { messageId, outcome: 'refused', why: text.knownAs(said, guest.name) };
    }
    case 'refused':
      return { messageId, outcome: 'refused', why: text.refused(result.refusal) };
  }
}

/** What came of an album so far, whatever the order in which its photos came. */
export function albumLines(photos: readonly AlbumPhoto[]): string[] {
  const enrolled = photos.filter((photo) => photo.outcome === 'enrolled');
  const known = photos.filter((photo) => photo.outcome === 'known');
  const refused = photos.filter((photo) => photo.outcome === 'refused');
  return [
    ...grouped(enrolled, ({ guestId }) => guestId).map((of) =>
      text.enrolled(of[0]!.name, Math.max(...of.map((photo) => photo.photos))),
    ),
    ...grouped(known, ({ guestId }) => guestId).map((of) => text.album.known(of.length, of[0]!.name)),
    ...grouped(refused, ({ why }) => why).map((of) => text.album.refused(of.length, of[0]!.why)),
    ...(photos.some(({ outcome }) => outcome === 'in group') ? [text.album.several] : []),
    ...text.advice([...new Set(enrolled.flatMap(({ advice }) => advice))]),
  ];
}

function grouped<One>(all: readonly One[], by: (one: One) => string): One[][] {
  const groups = new Map<string, One[]>();
  for (const one of all) groups.set(by(one), [...(groups.get(by(one)) ?? []), one]);
  return [...groups.values()];
}
