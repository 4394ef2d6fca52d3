import { releasePhotos } from '../../party/guests/release-photos.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { AlbumPhotos } from '../enrolment/album-photos.ts';
import { type OfAlbum, writeAlbumReport } from '../enrolment/album-report.ts';
import { Albums } from '../enrolment/albums.ts';
import { askNext } from '../enrolment/ask-whose.ts';
import { askerOf } from '../enrolment/asker.ts';
import { enrolmentText as text } from '../enrolment/enrolment.text.ts';
import { PhotoQuestions } from '../enrolment/questions.ts';
import { WaitingPhotos } from '../enrolment/waiting-photos.ts';
import { withdraw } from '../enrolment/withdraw.ts';

/**
 * Takes back what was done with the photos of an album before it was seen that it is of several people: who got photos by
 * the name alone that stood on it gives them back. What people said themselves stays. Safe to repeat.
 *
 * @returns withdraws what was said and asked; to be called once something else is asked in its place
 */
export async function withdrawAlbum(
  services: Services,
  ctx: BotContext,
  photo: OfAlbum,
): Promise<() => Promise<void>> {
  const { table, now } = services;
  const albums = new Albums(table, now);
  const { isAnswered } = await albums.get(photo.albumId);
  const released = isAnswered ? [] : await releaseAll(services, photo);
  return async () => {
    const photos = new AlbumPhotos(table, now);
    for (const messageId of released) await photos.note(photo.albumId, { messageId, outcome: 'in group' });
    if (released.length > 0) await writeAlbumReport(services, ctx, photo);
    await withdrawQuestions(services, ctx, photo);
    // What is said from now on is said of one by one.
    await albums.setAnswered(photo.albumId);
    await askNext(services, ctx);
  };
}

/** @returns the messages of the photos that are nobody's again */
async function releaseAll(services: Services, { albumId }: OfAlbum): Promise<number[]> {
  const photos = await new AlbumPhotos(services.table, services.now).list(albumId);
  const enrolled = photos.flatMap((one) => (one.outcome === 'enrolled' ? [one] : []));
  const messageIds: number[] = [];
  for (const guestId of new Set(enrolled.map((one) => one.guestId))) {
    const theirs = enrolled.filter((one) => one.guestId === guestId);
    const photoIds = theirs.flatMap(({ photoId }) => photoId ?? []);
    const isNew = theirs.some((one) => one.isNew);
    if (await releasePhotos(services, { guestId, photoIds, isNew }))
      messageIds.push(...theirs.map(({ messageId }) => messageId));
  }
  return messageIds;
}

async function withdrawQuestions(
  { table, now }: Services,
  ctx: BotContext,
  { albumId }: OfAlbum,
): Promise<void> {
  const asker = askerOf(ctx);
  const waiting = new WaitingPhotos(table, now);
  for (const one of await waiting.list(asker)) {
    if (one.albumId !== albumId || !(await waiting.take(asker, one))) continue;
    await withdraw(ctx, one.questionId, text.album.several);
  }
  const questions = new PhotoQuestions(table, now);
  for (const one of await questions.ofAlbum(asker, albumId)) {
    if (!(await questions.answered(asker, one.file.uniqueId))) continue;
    await withdraw(ctx, one.questionId, text.album.several);
  }
}
