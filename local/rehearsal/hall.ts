import sharp from 'sharp';
import { type Figure, figureOf, type SamplePerson } from './sample-people.ts';

/** The size of a picture of the hall, in pixels. */
export const hallSize = { width: 1280, height: 720 } as const;

/** A hall in the evening, as a camera by its door sees it. */
const hall = `<svg xmlns="http://www.w3.org/2000/svg" width="${hallSize.width}" height="${hallSize.height}">
  <defs>
    <linearGradient id="wall" x2="0" y2="1"><stop stop-color="#e9d3b4"/><stop offset="1" stop-color="#c9a67c"/></linearGradient>
    <linearGradient id="night" x2="0" y2="1"><stop stop-color="#1d2648"/><stop offset="1" stop-color="#4d4a72"/></linearGradient>
    <radialGradient id="lamp"><stop stop-color="#fff1c9" stop-opacity="0.9"/><stop offset="1" stop-color="#fff1c9" stop-opacity="0"/></radialGradient>
  </defs>
  <rect width="1280" height="720" fill="url(#wall)"/>
  <rect y="640" width="1280" height="80" fill="#7b5234"/>
  <rect x="840" y="60" width="360" height="600" fill="#6b4330"/>
  <rect x="866" y="86" width="308" height="560" fill="url(#night)"/>
  <rect x="1150" y="86" width="24" height="560" fill="#7f1f33"/>
  <circle cx="220" cy="150" r="170" fill="url(#lamp)"/>
  <path d="M170 190 L196 110 H244 L270 190z" fill="#fff6df"/>
  <rect x="90" y="330" width="300" height="14" rx="7" fill="#8b5733"/>
  <path d="M150 344 q-30 20 -34 240 h96 q-6 -220 -34 -240z" fill="#4d6fa5"/>
  <path d="M310 344 q-26 20 -30 200 h86 q-6 -180 -30 -200z" fill="#a3283f"/>
</svg>`;

/** A picture of the hall, and whether the whole face of who is in it can be seen. */
export interface HallPicture {
  readonly jpeg: Buffer;
  readonly showsFace: boolean;
}

/** The empty hall. */
export async function emptyHall(): Promise<HallPicture> {
  return { jpeg: await sharp(Buffer.from(hall)).jpeg({ quality: 90 }).toBuffer(), showsFace: false };
}

/** How wide a face is in the hall, in pixels: no detector misses one so large. */
const faceWidth = 200;
/** How many pictures it takes to come in. */
const steps = 8;

/**
 * Pictures of somebody who comes in from the right and stands in the middle: the last one.
 *
 * @throws RehearsalError when the photos are gone
 */
export const walkIn = async (who: SamplePerson): Promise<HallPicture[]> =>
  placed(await figureOf(who, faceWidth));

async function placed(figure: Figure): Promise<HallPicture[]> {
  const { data, info } = await sharp(Buffer.from(hall))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const [outside, middle] = [hallSize.width - 1, Math.round((hallSize.width - figure.width) / 2)];
  const top = hallSize.height - figure.height;
  const pictures = Array.from({ length: steps }, async (_, step): Promise<HallPicture> => {
    const left = Math.round(outside + ((middle - outside) * (step + 1)) / steps);
    const jpeg = await sharp(data, { raw })
      .composite([{ input: figure.png, left, top }])
      .jpeg({ quality: 90 })
      .toBuffer();
    return { jpeg, showsFace: left + figure.faceLeft + figure.faceWidth <= hallSize.width };
  });
  return await Promise.all(pictures);
}
