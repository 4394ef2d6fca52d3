import { type Api, GrammyError, InputFile } from 'grammy';
import { type ToldFace, cameraText as text } from '../bot/camera/camera.text.ts';
import { timesOf } from '../bot/times.ts';
import { writeOver } from '../bot/write-over.ts';
import { guestName } from '../party/arrivals/guest-name.ts';
import type { JudgedFace } from '../party/arrivals/judged-faces.ts';
import { type FrameLook, Looks } from '../party/arrivals/looks.ts';
import { second } from '../party/clock.ts';
import type { Services } from '../party/services.ts';
import type { PictureJobOf } from '../party/stores/pictures-function.ts';
import { drawCamera, heightOf } from './drawing/camera-picture.ts';

type CameraServices = Pick<Services, 'parties' | 'guests' | 'recognition' | 'table' | 'settings' | 'now'>;

/** What the door saw longer ago is not the picture of now; milliseconds. */
const longestAgo = 10 * second;
/** A frame can be read back a moment after it was taken, milliseconds. */
const readBackAfter = 2 * second;

/** The picture of now, with each face that was found in it, into the message that waits for it. Safe to repeat. */
export async function showCamera(
  services: CameraServices,
  api: Api,
  { chatId, messageId }: PictureJobOf<'camera'>,
): Promise<void> {
  const found = await look(services);
  if (!found) return writeOver(api, { chatId, messageId }, text.none());
  const { time, jpeg, faces } = found;
  const height = await heightOf(jpeg);
  const told = await Promise.all(faces.map((face, index) => toldFace(services, face, index + 1, height)));
  const labelled = faces.map(({ box }, index) => {
    const { number, name } = told[index]!;
    return { box, label: text.label(number, name) };
  });
  const { exactClock } = await timesOf(services);
  const lines = [text.at(exactClock(time)), ...(told.length > 0 ? told.map(text.face) : [text.nobody])];
  const media = {
    type: 'photo',
    media: new InputFile(await drawCamera(jpeg, labelled), 'door.jpg'),
    caption: lines.join('\n').slice(0, 1024),
  } as const;
  try {
    await api.editMessageMedia(chatId, messageId, media);
  } catch (error) {
    // The message is gone.
    if (!(error instanceof GrammyError && error.error_code === 400)) throw error;
  }
}

/** The newest frame with faces, if it is of now; else the picture of now. */
async function look({ parties, recognition, table, now }: CameraServices) {
  const party = await parties.on();
  const latest: FrameLook | undefined = party && (await new Looks(table, now).latest(party.id));
  if (latest && now() - latest.time <= longestAgo) {
    const jpeg = await recognition.picture(latest.time, latest.clock);
    if (jpeg) return { ...latest, jpeg };
  }
  const time = now() - readBackAfter;
  // Now is now by the service's clock, whatever the camera's computer believes.
  const jpeg = await recognition.picture(time, 'service');
  return jpeg && { time, jpeg, faces: [] };
}

async function toldFace(
  { guests }: Pick<Services, 'guests'>,
  { verdict, box, person, similarity = 0 }: JudgedFace,
  number: number,
  pictureHeight: number,
): Promise<ToldFace> {
  const name = person && person.kind !== 'unknown' ? await guestName(guests, person.id) : undefined;
  return { number, name, similarity, height: Math.round(box.height * pictureHeight), verdict };
}
