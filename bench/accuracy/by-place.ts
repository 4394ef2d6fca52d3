import { readPicture } from '../../test/support/pictures.ts';
import { tileOf } from '../../vision/detector-square.ts';
import type { Box } from '../../vision/face.ts';
import type { Recognizer } from '../../vision/recognizer.ts';
import { distanceOf, matchDistance } from '../../vision/similarity.ts';
import type { Figure } from '../figure.ts';
import { type Condition, frameAtDoor } from './at-door.ts';
import { rate, rateText } from './interval.ts';
import type { LabelledFace } from './labelled-faces.ts';

/** Widths of faces in a frame of 1280×720, in pixels. */
const widths = [24, 32, 40, 48, 64, 100, 150, 180];

/** Where a face's middle is: a detector looks at some places more closely than at others. */
const places = [0.12, 0.5, 0.88].flatMap((x) => [0.2, 0.5, 0.8].map((y) => ({ x: 1280 * x, y: 720 * y })));

const plain: Omit<Condition, 'x' | 'y' | 'width'> = { lean: 0, light: 1, motion: 0, blur: 0 };

/** What a camera or a door does to a face 64 pixels wide. */
const troubles: ReadonlyArray<readonly [string, Partial<Condition>, number]> = [
  ['in good light', {}, 85],
  ['in a third of the light', { light: 0.33 }, 85],
  ['in twice the light', { light: 2 }, 85],
  ['out of focus by a fortieth of its width', { blur: 0.025 }, 85],
  ['moving by a tenth of its width', { motion: 0.1 }, 85],
  ['leaning by 20°', { lean: 20 }, 85],
  ['in a much compressed picture', {}, 25],
];

/** A guest's photo at the door, and the photo that the guest is known by. */
export interface Probe {
  readonly shown: LabelledFace;
  readonly known: LabelledFace;
}

/** How often one of two looks at a guest, the second shifted and with a tile, is near enough to the guest's photo. */
export async function byPlaceAndTrouble(probes: readonly Probe[], recognizer: Recognizer): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const width of widths) {
    const rates = await named(probes, places, { ...plain, width }, 85, recognizer);
    figures.push(figure(`a face ${width} px wide, at nine places`, rates));
  }
  const [middle] = places.slice(4, 5);
  for (const [name, trouble, quality] of troubles) {
    const rates = await named(probes, [middle!], { ...plain, width: 64, ...trouble }, quality, recognizer);
    figures.push(figure(`a face 64 px wide ${name}`, rates));
  }
  return figures;
}

function figure(name: string, { found, named, of }: { found: number; named: number; of: number }): Figure {
  const percent = Math.round((100 * found) / of);
  const value = rate(named, of);
  return {
    name: `${name}: found in ${percent} % of frames; named in two, ${rateText(value)}`,
    value: 100 * value.share,
    unit: '%',
  };
}

async function named(
  probes: readonly Probe[],
  at: ReadonlyArray<{ x: number; y: number }>,
  condition: Omit<Condition, 'x' | 'y'>,
  quality: number,
  recognizer: Recognizer,
) {
  let [found, near, of] = [0, 0, 0];
  for (const { shown, known } of probes) {
    const photo = { picture: await readPicture(shown.photo), box: shown.face.box };
    for (const middle of at) {
      const frame = await frameAtDoor([{ ...photo, as: { ...condition, ...middle } }], quality);
      const tile = tileRound(middle);
      let isNamed = false;
      for (const look of [{ shifted: false }, { shifted: true, tile }]) {
        const faces = await recognizer.find(frame, 'live', look);
        if (faces.length > 0) found += 1;
        isNamed ||= faces.some((face) => distanceOf(face.descriptor, known.face.descriptor) <= matchDistance);
      }
      of += 1;
      if (isNamed) near += 1;
    }
  }
  return { found: found / 2, named: near, of };
}

/** The tile that a face is in the middle of, as nearly as the frame allows. */
function tileRound({ x, y }: { x: number; y: number }): Box {
  const { width, height } = tileOf({ width: 1280, height: 720 })!;
  const within = (value: number, most: number) => Math.round(Math.min(most, Math.max(0, value)));
  return {
    left: within(x - width / 2, 1280 - width),
    top: within(y - height / 2, 720 - height),
    width,
    height,
  };
}
