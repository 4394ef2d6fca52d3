import { withoutFaces } from '../test/support/pictures.ts';
import { type Recognizer, startRecognizer } from '../vision/recognizer.ts';
import { byPlaceAndTrouble } from './accuracy/by-place.ts';
import { doorFaces } from './accuracy/door-faces.ts';
import { rate, rateText } from './accuracy/interval.ts';
import { type LabelledFace, labelledFaces } from './accuracy/labelled-faces.ts';
import { pairFigures, pairRates } from './accuracy/pairs.ts';
import { randomNumbers } from './accuracy/random.ts';
import { type DoorFace, type Known, type Replayed, replay } from './accuracy/replay.ts';
import { labelledSets } from './accuracy/sets.ts';
import { type Figure, median } from './figure.ts';
import { NotHere } from './not-here.ts';

/** Arrivals that are played for each width and number of photos. */
const arrivals = 10_000;

/** Photos of a person that are shown at the door; the others are what a guest may be known by. */
const shownPhotos = 2;

/** Sets whose people come to the door, and those who are strangers alone. */
const adults = { people: ['lfw10', 'orl', 'faces94'], strangers: ['groups'] };

/**
 * How often people are recognised, by set: pairs of photos, faces at the door by width, place and trouble, and
 * arrivals.
 *
 * @throws NotHere without the labelled photos
 */
export async function accuracyBench(): Promise<Figure[]> {
  if (withoutFaces) throw new NotHere(withoutFaces);
  const recognizer = await startRecognizer();
  try {
    const figures: Figure[] = [];
    const faces = new Map<string, LabelledFace[]>();
    for (const set of labelledSets) {
      faces.set(set.name, await labelledFaces(set, recognizer));
      figures.push(...pairFigures(set, pairRates(set, faces.get(set.name)!)));
    }
    figures.push(...(await arrivalFigures(faces, recognizer)));
    const probes = byPerson(faces.get('lfw10')!).map(([known, shown]) => ({ known: known!, shown: shown! }));
    return [...figures, ...(await byPlaceAndTrouble(probes, recognizer))];
  } finally {
    await recognizer.close();
  }
}

async function arrivalFigures(
  faces: ReadonlyMap<string, readonly LabelledFace[]>,
  recognizer: Recognizer,
): Promise<Figure[]> {
  const people = adults.people.flatMap((name) => byPerson(faces.get(name)!));
  const known = people.map(
    (photos): Known => ({
      person: photos[0]!.person,
      photos: photos.slice(shownPhotos).map(({ photo, face }) => ({ photo, descriptor: face.descriptor })),
    }),
  );
  const figures: Figure[] = [];
  for (const width of [64, 32]) {
    const shown: DoorFace[] = [];
    for (const name of [...adults.people, ...adults.strangers]) {
      const photos = adults.strangers.includes(name)
        ? faces.get(name)!
        : byPerson(faces.get(name)!).flatMap((all) => all.slice(0, shownPhotos));
      const at = await doorFaces(name, photos, width, recognizer);
      shown.push(...at.faces);
      figures.push({
        name: `${name}: photos whose face is not found ${width} px wide, of ${photos.length}`,
        value: at.leftOut,
        unit: '',
      });
    }
    for (const photos of [1, 2, 3]) {
      for (const guests of [10, 20]) {
        const options = {
          arrivals,
          guests,
          photos,
          random: randomNumbers(photos),
          everyFrames: width < 48 ? 2 : 1,
        };
        const title = `${width} px, ${guests} guests with ${photos} photo${photos === 1 ? '' : 's'}`;
        figures.push(
          ...replayFigures(
            title,
            replay(
              shown,
              known.filter((one) => one.photos.length >= photos),
              options,
            ),
          ),
        );
      }
    }
  }
  return figures;
}

function replayFigures(
  title: string,
  { guests, named, mistaken, strangers, accepted, times }: Replayed,
): Figure[] {
  const ofGuests = rate(named, guests);
  return [
    { name: `${title}: guests named in 3 s, ${rateText(ofGuests)}`, value: 100 * ofGuests.share, unit: '%' },
    { name: `${title}: wrong names, ${rateText(rate(mistaken, guests))}`, value: mistaken, unit: '' },
    {
      name: `${title}: strangers taken for guests, ${rateText(rate(accepted, strangers))}`,
      value: accepted,
      unit: '',
    },
    { name: `${title}: first frame to name, median`, value: median(times), unit: 'ms' },
  ];
}

/** The faces of each person with enough of them. */
function byPerson(faces: readonly LabelledFace[]): LabelledFace[][] {
  const people = new Map<string, LabelledFace[]>();
  for (const face of faces) people.set(face.person, [...(people.get(face.person) ?? []), face]);
  return [...people.values()].filter((photos) => photos.length > shownPhotos);
}
