import { withoutFaces } from '../test/support/pictures.ts';
import { type Recognizer, startRecognizer } from '../vision/recognizer.ts';
import { byPlaceAndTrouble } from './accuracy/by-place.ts';
import { doorFaces } from './accuracy/door-faces.ts';
import { rate, rateText } from './accuracy/interval.ts';
import { type LabelledFace, labelledFaces } from './accuracy/labelled-faces.ts';
import { pairFigures, pairRates } from './accuracy/pairs.ts';
import { randomNumbers } from './accuracy/random.ts';
import { type DoorFace, type Known, type Replayed, type ReplayOptions, replay } from './accuracy/replay.ts';
import { labelledSets } from './accuracy/sets.ts';
import { type Figure, median } from './figure.ts';
import { NotHere } from './not-here.ts';

/** Arrivals that are played for each width and number of photos. */
const arrivals = 10_000;

/** A face narrower than this is only found in a tile, of which every so many is elsewhere: pixels; see `watch.ts`. */
const tiny = 48;
const missedEvery = 4;

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

/** How rows are called in which some guests are named on more evidence. */
const carefully = {
  'who looks alike': 'look-alikes known',
  everybody: 'marked as children',
} satisfies Record<NonNullable<ReplayOptions['easilyMistaken']>, string>;

/** Who comes to the door. */
interface Crowd {
  readonly name: string;
  /** Sets whose people come, as guests and as strangers; and sets of strangers alone. */
  readonly people: readonly string[];
  readonly strangers: readonly string[];
  /** Photos of a person that are shown at the door; the others are what a guest may be known by. */
  readonly shown: number;
  readonly widths: readonly number[];
  readonly photos: readonly number[];
  /** Who of the guests is named on more evidence, a row each beside that in which nobody is. */
  readonly careful: ReadonlyArray<keyof typeof carefully>;
}

const crowds: readonly Crowd[] = [
  {
    name: 'adults',
    people: ['lfw10', 'orl', 'faces94'],
    strangers: ['groups'],
    shown: 2,
    widths: [64, 40, 32],
    photos: [1, 2, 3],
    careful: ['who looks alike'],
  },
  // Few of the young have more than two photos.
  {
    name: 'young',
    people: ['young'],
    strangers: [],
    shown: 1,
    widths: [64],
    photos: [1, 2],
    careful: ['who looks alike', 'everybody'],
  },
];

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
    for (const crowd of crowds) figures.push(...(await arrivalFigures(crowd, faces, recognizer)));
    const probes = byPerson(faces.get('lfw10')!, 1).map(([known, shown]) => ({
      known: known!,
      shown: shown!,
    }));
    return [...figures, ...(await byPlaceAndTrouble(probes, recognizer))];
  } finally {
    await recognizer.close();
  }
}

async function arrivalFigures(
  crowd: Crowd,
  faces: ReadonlyMap<string, readonly LabelledFace[]>,
  recognizer: Recognizer,
): Promise<Figure[]> {
  const known = crowd.people
    .flatMap((name) => byPerson(faces.get(name)!, crowd.shown))
    .map((photos): Known => {
      const others = photos.slice(crowd.shown);
      return {
        person: photos[0]!.person,
        photos: others.map(({ photo, face }) => ({
          photo,
          descriptor: face.descriptor,
          atDoor: face.atDoor!,
          fromAfar: face.fromAfar!,
        })),
      };
    });
  const figures: Figure[] = [];
  for (const width of crowd.widths) {
    const shown: DoorFace[] = [];
    for (const name of [...crowd.people, ...crowd.strangers]) {
      const photos = crowd.strangers.includes(name)
        ? faces.get(name)!
        : byPerson(faces.get(name)!, crowd.shown).flatMap((all) => all.slice(0, crowd.shown));
      const { faces: at, leftOut } = await doorFaces(name, photos, width, recognizer);
      shown.push(...at);
      const left = `${name}: faces not found ${width} px wide, of ${photos.length}`;
      figures.push({ name: left, value: leftOut, unit: '' });
    }
    const played = (title: string, options: Played, isOne = (_person: string) => true) => {
      const { guests, photos, photosOfStay } = options;
      const faces = shown.filter(({ person }) => isOne(person));
      const invited = known.filter((one) => one.photos.length >= photos && isOne(one.person));
      const blind = width < tiny ? { missedEvery } : {};
      const all = { arrivals, random: randomNumbers(photos), ...options, ...blind };
      const name = `${title}, ${width} px, ${guests} guests, ${counted(photos, 'photo')} each, shown by ${counted(photosOfStay, 'photo')}`;
      figures.push(...replayFigures(name, replay(faces, invited, all)));
    };
    for (const photos of crowd.photos) {
      for (let photosOfStay = 1; photosOfStay <= crowd.shown; photosOfStay++) {
        for (const guests of [10, 20]) {
          played(crowd.name, { guests, photos, photosOfStay });
          for (const easilyMistaken of crowd.careful) {
            const title = `${crowd.name}, ${carefully[easilyMistaken]}`;
            played(title, { guests, photos, photosOfStay, easilyMistaken });
          }
        }
      }
      for (const half of [0, 1]) {
        const isOne = everyOther(
          [...shown, ...known].map(({ person }) => person),
          half,
        );
        played(
          `${crowd.name}, half ${half + 1} of the people`,
          { guests: 10, photos, photosOfStay: 1 },
          isOne,
        );
      }
    }
  }
  return figures;
}

type Played = Pick<ReplayOptions, 'guests' | 'photos' | 'photosOfStay' | 'easilyMistaken'>;

/** Whether somebody is in one half of the people; what is tuned on the other can be judged on it. */
function everyOther(people: readonly string[], half: number): (person: string) => boolean {
  const chosen = new Set([...new Set(people)].sort().filter((_, i) => i % 2 === half));
  return (person) => chosen.has(person);
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

/** The faces of each person with more than so many. */
function byPerson(faces: readonly LabelledFace[], more: number): LabelledFace[][] {
  const people = new Map<string, LabelledFace[]>();
  for (const face of faces) people.set(face.person, [...(people.get(face.person) ?? []), face]);
  return [...people.values()].filter((photos) => photos.length > more);
}
