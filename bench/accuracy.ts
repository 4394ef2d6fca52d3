import sharp from 'sharp';
import { KnownFaces } from '../test/support/known-faces.ts';
import { type LabelledPhoto, lfwPeople } from '../test/support/lfw.ts';
import { withoutFaces } from '../test/support/pictures.ts';
import type { Picture } from '../vision/face.ts';
import { type Recognizer, startRecognizer } from '../vision/recognizer.ts';
import { unusable } from '../vision/usable.ts';
import type { Figure } from './figure.ts';
import { NotHere } from './not-here.ts';

const threshold = 80;
const guestCount = 7;
/** Widths of faces in a frame of 1280×720, in pixels. */
const widths = [24, 32, 40, 50, 64, 80, 120];
/** Where in the frame, for a detector looks at some places more closely than at others; left and top in pixels. */
const places = [
  { left: 40, top: 60 },
  { left: 550, top: 270 },
  { left: 871, top: 133 },
] as const;

/**
 * How often people are recognised.
 *
 * @throws NotHere without the labelled photos
 */
export async function accuracyBench(): Promise<Figure[]> {
  if (withoutFaces) throw new NotHere(withoutFaces);
  const recognizer = await startRecognizer();
  try {
    const people = [...(await lfwPeople(recognizer))];
    return [...byRotation(people), ...(await byWidth(recognizer, people))];
  } finally {
    await recognizer.close();
  }
}

type People = ReadonlyArray<readonly [string, readonly LabelledPhoto[]]>;

/** One photo each of seven people is known; all other photos are searched. Each of the ten photos has its turn. */
function byRotation(people: People): Figure[] {
  const guests = people.slice(0, guestCount);
  let [asked, named, wrong, strangers, accepted] = [0, 0, 0, 0, 0];
  for (let known = 0; known < 10; known++) {
    const guestFaces = knownOf(guests, known);
    for (const [person, photos] of people) {
      const isGuest = guests.some(([guest]) => guest === person);
      for (const [index, { face }] of photos.entries()) {
        if (!face || (isGuest && index === known)) continue;
        const [best] = guestFaces.search(face.descriptor, threshold, 1);
        if (isGuest) {
          asked += 1;
          if (best?.id === person) named += 1;
          else if (best) wrong += 1;
        } else {
          strangers += 1;
          if (best) accepted += 1;
        }
      }
    }
  }
  return [
    { name: `guests named, of ${asked} photos`, value: (100 * named) / asked, unit: '%' },
    { name: `wrong names, of ${asked} photos`, value: wrong, unit: '' },
    { name: `strangers accepted, of ${strangers} photos`, value: accepted, unit: '' },
  ];
}

/** How often a guest is named in one frame, by how wide the face is in it; too small ones named all the same. */
async function byWidth(recognizer: Recognizer, people: People): Promise<Figure[]> {
  const guestFaces = knownOf(people.slice(0, guestCount), 0);
  const probes = people
    .slice(0, guestCount)
    .flatMap(([person, photos]) => photos.slice(1, 6).map((photo) => ({ person, ...photo })))
    .filter(({ face }) => face && unusable(face, 'enrolment') === undefined);
  const figures: Figure[] = [];
  for (const width of widths) {
    let named = 0;
    for (const { person, picture, face } of probes) {
      for (const place of places) {
        const frame = await inFrame(picture, width / face!.box.width, place);
        const faces = await recognizer.find(frame, 'live');
        if (faces.some(({ descriptor }) => guestFaces.search(descriptor, threshold, 1)[0]?.id === person))
          named += 1;
      }
    }
    const asked = probes.length * places.length;
    figures.push({
      name: `named in one frame, face ${width} px wide, of ${asked}`,
      value: (100 * named) / asked,
      unit: '%',
    });
  }
  return figures;
}

function knownOf(guests: People, photo: number): KnownFaces {
  const guestFaces = new KnownFaces();
  for (const [guest, photos] of guests) {
    const face = photos[photo]?.face;
    if (face) guestFaces.add(guest, face.descriptor);
  }
  return guestFaces;
}

/** The photo, scaled, in a grey frame of 1280×720. */
async function inFrame(
  { width, height, data }: Picture,
  scale: number,
  place: { readonly left: number; readonly top: number },
): Promise<Picture> {
  const photo = sharp(data, { raw: { width, height, channels: 3 } }).resize(
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
    { fit: 'fill' },
  );
  const fitted = await photo.png().toBuffer();
  const frame = await sharp({ create: { width: 1280, height: 720, channels: 3, background: '#808080' } })
    .composite([{ input: fitted, ...place }])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width: 1280, height: 720, data: frame };
}
