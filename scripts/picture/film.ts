import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { drawnDoor, face } from './drawn-door.ts';

/** Chromium shows a film as a webcam at this many pictures a second, over and over. */
const rate = 30;
/** Seconds in which nobody is there, and in which the guest walks in. */
const empty = 20;
const walk = 1;
/** Seconds until the film begins anew: nobody looks so long. */
const stay = 40;
/** From here on the guest is out of sight, in pixels. */
const outOfSight = 720;

const drawn = async (away: number): Promise<Buffer> =>
  sharp(Buffer.from(drawnDoor(away)))
    .jpeg({ quality: 88 })
    .toBuffer();

/** Writes what the webcam sees: an empty door, and a guest who comes. */
export async function writeFilm(file: string): Promise<void> {
  const [nobody, guest] = [await drawn(outOfSight), await drawn(0)];
  const steps = Array.from({ length: walk * rate }, (_, i) => {
    const left = 1 - i / (walk * rate);
    return drawn(Math.round(outOfSight * left * left));
  });
  const pictures = [
    ...Array<Buffer>(empty * rate).fill(nobody),
    ...(await Promise.all(steps)),
    ...Array<Buffer>(stay * rate).fill(guest),
  ];
  await writeFile(file, Buffer.concat(pictures));
}

const { left, top, width, height } = face;
async function coloursAtFace(jpeg: Buffer): Promise<number[]> {
  const part = await sharp(jpeg).extract({ left, top, width, height }).toBuffer();
  const { channels } = await sharp(part).stats();
  return channels.map(({ mean }) => mean);
}

const difference = (one: readonly number[], other: readonly number[]): number =>
  Math.hypot(...one.map((colour, i) => colour - other[i]!));

/**
 * Whether the guest stands in the door in a picture of the webcam: where the face is, its colours are far nearer to the
 * guest's than to the evening's. (Chromium changes them a little.)
 */
export async function isGuestIn(jpeg: Buffer): Promise<boolean> {
  known ??= Promise.all([drawn(0).then(coloursAtFace), drawn(outOfSight).then(coloursAtFace)]);
  const [guest, evening] = await known;
  const seen = await coloursAtFace(jpeg);
  return difference(seen, guest) < difference(seen, evening) / 4;
}

/** The colours of the guest's face, and of the evening in its place. */
let known: Promise<[guest: number[], evening: number[]]> | undefined;
