import { readPicture } from '../../test/support/pictures.ts';
import type { Box } from '../../vision/face.ts';
import type { Recognizer } from '../../vision/recognizer.ts';
import { anyCondition, frameAtDoor } from './at-door.ts';
import { kept } from './kept.ts';
import { type LabelledFace, measured } from './labelled-faces.ts';
import { between, randomNumbers } from './random.ts';
import type { DoorFace, DoorLook } from './replay.ts';

/** Different looks at one photo; a track is made of them, in any order and repeated. */
const looks = 6;

/** The frame is shared by as many faces as have room in it: a detector looks at all of them at once. */
interface Cells {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  /** Looked at closely, when the faces are too small to be seen otherwise. */
  readonly tile?: Box;
}

const inFrame: Cells = { columns: 5, rows: 3, width: 256, height: 240 };
const inTile: Cells = {
  columns: 5,
  rows: 2,
  width: 128,
  height: 130,
  tile: { left: 0, top: 0, width: 640, height: 260 },
};

/** Faces narrower than this are shown in a tile: pixels. */
const small = 48;

/** From how many of its looks a photo counts: one cut too tight for a detector shows no face at a door either. */
const leastFound = looks / 2;

/** How photos of people look at the door. */
export interface DoorFaces {
  readonly faces: readonly DoorFace[];
  /** Photos left out, because the detector found their face in too few looks. */
  readonly leftOut: number;
}

/**
 * @param name of these photos
 * @param width of the faces at the door, pixels
 */
export async function doorFaces(
  name: string,
  photos: readonly LabelledFace[],
  width: number,
  recognizer: Recognizer,
): Promise<DoorFaces> {
  const all = await kept(`door-${name}-${photos.length}-${width}`, () =>
    lookAtDoor(photos, width, recognizer),
  );
  const faces = all.filter((face) => face.looks.filter(Boolean).length >= leastFound);
  return { faces, leftOut: all.length - faces.length };
}

/** Several looks at each photo as it would be at a door, faces so many pixels wide; the same each time. */
export async function lookAtDoor(
  photos: readonly LabelledFace[],
  width: number,
  recognizer: Recognizer,
): Promise<DoorFace[]> {
  const random = randomNumbers(width);
  const cells = width < small ? inTile : inFrame;
  const atOnce = cells.columns * cells.rows;
  const faces: DoorFace[] = [];
  for (let i = 0; i < photos.length; i += atOnce) {
    faces.push(...(await together(photos.slice(i, i + atOnce), width, cells, random, recognizer)));
  }
  return faces;
}

async function together(
  photos: readonly LabelledFace[],
  width: number,
  cells: Cells,
  random: () => number,
  recognizer: Recognizer,
): Promise<DoorFace[]> {
  const shown = await Promise.all(
    photos.map(async ({ photo, face }) => ({ picture: await readPicture(photo), box: face.box })),
  );
  const seen: DoorLook[][] = photos.map(() => []);
  for (let look = 0; look < looks; look++) {
    const placed = shown.map((face, i) => ({
      ...face,
      as: { ...anyCondition(width, random), ...place(i, cells, random) },
    }));
    const frame = await frameAtDoor(placed, Math.round(between(50, 85, random)));
    const { tile } = cells;
    const found = await recognizer.find(frame, 'live', { shifted: look % 2 === 0, ...(tile && { tile }) });
    for (const [i, { as }] of placed.entries()) {
      const face = found.find(
        ({ box }) =>
          Math.hypot(box.left + box.width / 2 - as.x, box.top + box.height / 2 - as.y) < 0.6 * width,
      );
      seen[i]!.push(face ? measured(face) : null);
    }
  }
  return photos.map(({ person, photo }, i) => ({
    person,
    photo,
    looks: seen[i]!,
  }));
}

/** Somewhere near the middle of the cell. */
function place(i: number, { columns, width, height }: Cells, random: () => number) {
  return {
    x: (i % columns) * width + width / 2 + between(-10, 10, random),
    y: Math.floor(i / columns) * height + height / 2 + between(-10, 10, random),
  };
}
