import type { Api } from 'grammy';
import { whoWasQuestion } from '../bot/arrivals/who-was-question.ts';
import { questionKeyboard } from '../bot/enrolment/ask-which-guest.ts';
import { questionPictureText } from '../bot/enrolment/question-picture.text.ts';
import { PhotoQuestions } from '../bot/enrolment/questions.ts';
import { showGroup } from '../bot/group-photo/show-group.ts';
import { download } from '../bot/telegram-file.ts';
import { Mistakes } from '../party/arrivals/mistakes.ts';
import { facesOf, type GroupPhoto, GroupPhotos } from '../party/guests/group-photos.ts';
import type { Services } from '../party/services.ts';
import type { PictureJobOf } from '../party/stores/pictures-function.ts';
import { drawContactSheet } from './drawing/contact-sheet.ts';
import { drawGroup } from './drawing/group-picture.ts';
import { drawLookAlikes } from './drawing/look-alike-picture.ts';
import { guestFaces } from './guest-faces.ts';
import { type Asked, putPicture } from './put-picture.ts';

type QuestionServices = Pick<Services, 'table' | 'now' | 'guests' | 'storage'>;

/** A group photo, or an album, with numbers, into the message that asks who is who. */
export async function numberGroup(
  { table, now, guests, storage }: QuestionServices,
  api: Api,
  { chatId, userId, photoId }: PictureJobOf<'group'>,
): Promise<void> {
  const groups = new GroupPhotos(table, now);
  const asked = async (): Promise<Asked | undefined> => {
    const group = await groups.get({ chatId, userId }, photoId);
    if (group?.questionId === undefined) return undefined;
    return { messageId: group.questionId, ...showGroup(group, await guests.list()) };
  };
  let drawn = 0;
  for (;;) {
    const group = await groups.get({ chatId, userId }, photoId);
    // More photos of an album may come while it is drawn.
    if (!group || group.members.length === drawn) return;
    const picture = await drawMembers(storage, group);
    if (!picture) return;
    await putPicture(api, chatId, picture, asked);
    drawn = group.members.length;
  }
}

/** Those who are asked about, with their numbers: in their photo, or side by side from an album's. */
async function drawMembers(storage: Services['storage'], group: GroupPhoto): Promise<Uint8Array | undefined> {
  const { members, key, albumId } = group;
  if (albumId === undefined) {
    const file = await storage.find(key);
    return (
      file &&
      drawGroup(
        file,
        members.map(({ box }) => box),
      )
    );
  }
  const shown = members.flatMap((member) => facesOf(group, member).slice(0, 1));
  const faces = shown.map(async (face) => ({ file: await storage.find(face.key), box: face.box }));
  return drawContactSheet(await Promise.all(faces));
}

/** A photo and the guest whom it looks like, side by side, into the message that asks whether they are one. */
export async function showLookAlikes(
  { table, now, guests, storage }: QuestionServices,
  api: Api,
  { chatId, userId, photoId }: PictureJobOf<'look-alike'>,
): Promise<void> {
  const questions = new PhotoQuestions(table, now);
  const question = await questions.get({ chatId, userId }, photoId);
  const same = question && (await guests.get(question.sameId));
  const [known] = same ? await guests.photos(same.id) : [];
  const file = known && (await storage.find(known.key));
  if (!question || !same || !known || !file) return;
  const sent = await download(api, question.file);
  const picture = await drawLookAlikes(
    { file: sent, box: question.box, label: questionPictureText.sent },
    { file, box: known.box, label: same.name },
  );
  await putPicture(api, chatId, picture, async () => {
    const open = await questions.get({ chatId, userId }, photoId);
    if (open?.questionId === undefined || open.asked === undefined) return undefined;
    return { messageId: open.questionId, text: open.asked, keyboard: questionKeyboard(open, same.name) };
  });
}

/** The faces of those who it may have been, with their numbers, into the question who it was. */
export async function showWhoItMayHaveBeen(
  services: QuestionServices & Pick<Services, 'arrivals'>,
  api: Api,
  { chatId, messageId, page, ...place }: PictureJobOf<'who-was'>,
): Promise<void> {
  const { table, guests, storage } = services;
  const mistakes = new Mistakes(table);
  const ask = async () => {
    const mistake = await mistakes.get(place);
    return mistake && mistake.whoWas === undefined ? whoWasQuestion(services, mistake, page) : undefined;
  };
  const question = await ask();
  if (!question || question.guests.length === 0) return;
  const faces = await guestFaces({ guests, storage }, question.guests);
  await putPicture(api, chatId, await drawContactSheet(faces), async () => {
    const open = await ask();
    return open && { messageId, text: open.told, keyboard: open.keyboard };
  });
}
