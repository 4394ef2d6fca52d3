import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { rehearsalText } from './rehearsal.text.ts';
import { RehearsalError } from './rehearsal-error.ts';

/** Where a woman's face is in one of the photos that come with face-api: left, top, width, height in pixels. */
interface Sample {
  readonly photo: number;
  readonly face: readonly [left: number, top: number, width: number, height: number];
}

/** One woman in two photos, and another woman. The photos stay in face-api's package. */
const samples = {
  guest: { photo: 1, face: [1475, 198, 201, 237] },
  guestAtDoor: { photo: 3, face: [1073, 215, 222, 295] },
  stranger: { photo: 6, face: [249, 466, 209, 294] },
} as const satisfies Record<string, Sample>;

/** Who can come to the door. */
export type SamplePerson = 'guestAtDoor' | 'stranger';

/** A part of a photo, in pixels of the face: so much beside it, above it and below it. */
interface Margins {
  readonly beside: number;
  readonly above: number;
  readonly below: number;
}

/** Somebody who can be put into another picture. */
export interface Figure {
  /** PNG; clear at its edges. */
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
  /** Where the face is in it, from left to right. */
  readonly faceLeft: number;
  readonly faceWidth: number;
}

/** The photo that makes the sample guest known: a JPEG. @throws RehearsalError when the package's photos are gone */
export async function guestPhoto(): Promise<Buffer> {
  const { image } = await cutOut(samples.guest, { beside: 1, above: 0.8, below: 1 });
  return image.jpeg({ quality: 92 }).toBuffer();
}

/**
 * Head and shoulders of somebody, with soft edges.
 *
 * @param faceWidth in pixels
 * @throws RehearsalError when the package's photos are gone
 */
export async function figureOf(who: SamplePerson, faceWidth: number): Promise<Figure> {
  const margins = { beside: 0.7, above: 0.55, below: 1 };
  const { image, width: cut } = await cutOut(samples[who], margins);
  const width = Math.round((cut * faceWidth) / samples[who].face[2]);
  const { data, info } = await image.resize({ width }).toBuffer({ resolveWithObject: true });
  const { height } = info;
  const edge = 0.12 * width;
  const shape = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <filter id="soft"><feGaussianBlur stdDeviation="${edge / 3}"/></filter>
    <rect x="${edge}" y="${edge}" width="${width - 2 * edge}" height="${height}" rx="${width * 0.35}" filter="url(#soft)"/>
  </svg>`;
  const png = await sharp(data)
    .ensureAlpha()
    .composite([{ input: Buffer.from(shape), blend: 'dest-in' }])
    .png()
    .toBuffer();
  return { png, width, height, faceLeft: Math.round(margins.beside * faceWidth), faceWidth };
}

async function cutOut({ photo, face }: Sample, { beside, above, below }: Margins) {
  const [faceLeft, faceTop, faceWidth, faceHeight] = face;
  const image = sharp(fileOf(photo));
  const size = await image.metadata().catch((cause: unknown) => {
    throw new RehearsalError(rehearsalText.samplesGone, { cause });
  });
  const left = Math.max(0, Math.round(faceLeft - beside * faceWidth));
  const top = Math.max(0, Math.round(faceTop - above * faceHeight));
  const right = Math.min(size.width, Math.round(faceLeft + (1 + beside) * faceWidth));
  const bottom = Math.min(size.height, Math.round(faceTop + (1 + below) * faceHeight));
  const [width, height] = [right - left, bottom - top];
  return { image: image.extract({ left, top, width, height }), width };
}

const fileOf = (photo: number): string =>
  fileURLToPath(import.meta.resolve(`@vladmandic/face-api/demo/sample${photo}.jpg`));
