import { hasArrived, leader } from '../../party/arrivals/arrival-rule.ts';
import { lookAlikeFrom } from '../../party/guests/lookalikes-among.ts';
import { type SightingRules, sightingRules } from '../../party/recognition/rules.ts';
import { KnownFaces } from '../../test/support/known-faces.ts';
import type { Description } from '../../vision/face.ts';
import { distanceOf, similarityOf } from '../../vision/similarity.ts';
import { evidenceOf, type Template, withLook } from '../../vision/template.ts';
import { unusable } from '../../vision/usable.ts';
import type { MeasuredFace } from './kept.ts';
import { oneOf } from './random.ts';

/** A look at a face at the door; null when the detector missed it. */
export type DoorLook = MeasuredFace | null;

/** One photo of a person, as it looks at the door in several frames. */
export interface DoorFace {
  readonly person: string;
  /** The file that the looks were made of. */
  readonly photo: string;
  readonly looks: readonly DoorLook[];
}

/** A person's photos that a guest may be known by. */
export interface Known {
  readonly person: string;
  readonly photos: ReadonlyArray<{ readonly photo: string } & Description>;
}

/** How the arrivals are played. */
export interface ReplayOptions {
  readonly arrivals: number;
  /** Guests of a party. */
  readonly guests: number;
  /** Photos of each guest. */
  readonly photos: number;
  readonly random: () => number;
  /**
   * So many photos of a person are shown one after another in a stay, as far as there are: people turn, talk and smile.
   */
  readonly photosOfStay: number;
  /** Every so many frames the face is missed: a face that only a tile shows, in the frames whose tile is elsewhere. */
  readonly missedEvery?: number;
  /** Who is named on more evidence: nobody when not given; every guest, as children; or those who look like another. */
  readonly easilyMistaken?: 'everybody' | 'who looks alike';
  /** The rules of the product when not given; and from which similarity of two photos on two guests look alike. */
  readonly rules?: SightingRules;
  readonly alikeFrom?: number;
}

/** What came of them. */
export interface Replayed {
  readonly guests: number;
  /** Guests named rightly within three seconds. */
  readonly named: number;
  /** Guests who were given another guest's name. */
  readonly mistaken: number;
  readonly strangers: number;
  /** Strangers who were given a guest's name. */
  readonly accepted: number;
  /** Milliseconds from the first frame to the name, of guests named. */
  readonly times: readonly number[];
}

/** Frames a second at the door, and how long somebody is there: milliseconds. */
const pace = 5;
const stay = 3000;

/** Every third who comes is no guest. */
const strangers = 1 / 3;

/** Parties that are thrown for one arrival after another; after so many arrivals there is another one. */
const arrivalsOfParty = 20;

/**
 * Plays arrivals by the rules of the product, from the looks at a face to the name. Whoever has no photo that is shown at
 * the door is no guest: nobody would come.
 */
export function replay(
  faces: readonly DoorFace[],
  known: readonly Known[],
  options: ReplayOptions,
): Replayed {
  const { arrivals, random } = options;
  let [guests, named, mistaken, others, accepted] = [0, 0, 0, 0, 0];
  const times: number[] = [];
  const byPerson = new Map<string, DoorFace[]>();
  for (const face of faces) byPerson.set(face.person, [...(byPerson.get(face.person) ?? []), face]);
  const invited = known.filter(({ person }) => byPerson.has(person));
  let party = throwParty(invited, options);
  for (let arrival = 0; arrival < arrivals; arrival++) {
    if (arrival % arrivalsOfParty === 0) party = throwParty(invited, options);
    const isStranger = random() < strangers;
    const face = anyFace(faces, (person) => party.owners.has(person) !== isStranger, random);
    const said = arrive(stayOf(face, byPerson.get(face.person)!, options), party, options);
    if (isStranger) {
      others += 1;
      if (said) accepted += 1;
    } else {
      guests += 1;
      if (said?.name === face.person) {
        named += 1;
        times.push(said.time);
      } else if (said) mistaken += 1;
    }
  }
  return { guests, named, mistaken, strangers: others, accepted, times };
}

interface Party {
  readonly known: KnownFaces;
  /** The people who are guests. */
  readonly owners: ReadonlySet<string>;
  /** The photos that they are known by. */
  readonly photos: ReadonlySet<string>;
  /** Those of the people who are easily taken for somebody else. */
  readonly easilyMistaken: ReadonlySet<string>;
}

/** @throws RangeError when there are not so many people */
function throwParty(known: readonly Known[], options: ReplayOptions): Party {
  const { guests, photos, random } = options;
  const faces = new KnownFaces();
  const owners = new Set<string>();
  const used = new Set<string>();
  const invited: Known[] = [];
  if (known.length < guests) throw new RangeError(`${guests} guests of ${known.length} people.`);
  while (owners.size < guests) {
    const { person, photos: all } = oneOf(known, random);
    if (owners.has(person)) continue;
    owners.add(person);
    const chosen = shuffled(all, random).slice(0, photos);
    invited.push({ person, photos: chosen });
    for (const { photo, ...description } of chosen) {
      faces.add(`${person}|${photo}`, description);
      used.add(photo);
    }
  }
  return { known: faces, owners, photos: used, easilyMistaken: easilyMistakenOf(invited, options) };
}

function easilyMistakenOf(
  invited: readonly Known[],
  { easilyMistaken, alikeFrom = lookAlikeFrom }: ReplayOptions,
): ReadonlySet<string> {
  if (easilyMistaken === undefined) return new Set();
  if (easilyMistaken === 'everybody') return new Set(invited.map(({ person }) => person));
  const alike = (one: Known, other: Known): boolean =>
    one.photos.some((a) =>
      other.photos.some((b) => similarityOf(distanceOf(a.descriptor, b.descriptor)) >= alikeFrom),
    );
  const found = invited.filter((one) => invited.some((other) => other !== one && alike(one, other)));
  return new Set(found.map(({ person }) => person));
}

/** The same in any order. */
function shuffled<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

function anyFace(faces: readonly DoorFace[], suits: (person: string) => boolean, random: () => number) {
  for (;;) {
    const face = oneOf(faces, random);
    if (suits(face.person)) return face;
  }
}

/** What is shown of a person from the first frame to the last: one photo or several, the one that was drawn first. */
function stayOf(
  first: DoorFace,
  all: readonly DoorFace[],
  { photosOfStay }: Pick<ReplayOptions, 'photosOfStay'>,
): DoorFace[] {
  return [first, ...all.filter((face) => face !== first)].slice(0, photosOfStay);
}

/** Who is said to have arrived, and after how many milliseconds; undefined when nobody is within the stay. */
function arrive(
  shown: readonly DoorFace[],
  { known, easilyMistaken }: Party,
  { random, missedEvery, rules = sightingRules.video }: ReplayOptions,
): { name: string; time: number } | undefined {
  let template: Template | undefined;
  const seen = new Map<string, { times: number[]; similarity: number }>();
  const frames = 1 + Math.floor((stay * pace) / 1000);
  // Each look once before any comes again: one that deceives would confirm itself.
  const decks = shown.map(({ looks }) => shuffled(looks, random));
  for (let frame = 0; frame < frames; frame++) {
    const time = frame * (1000 / pace);
    const deck = decks[Math.floor((frame * shown.length) / frames)]!;
    const isMissed = missedEvery !== undefined && frame % missedEvery === missedEvery - 1;
    const look = isMissed ? null : deck[frame % deck.length];
    if (!look || unusable(look, 'live')) continue;
    template = withLook(template, look, time);
    const people = new Map<string, number>();
    for (const { id, similarity } of known.search(
      template.descriptor,
      rules.threshold,
      Number.POSITIVE_INFINITY,
      evidenceOf(template),
    )) {
      const person = id.slice(0, id.indexOf('|'));
      people.set(person, Math.max(similarity, people.get(person) ?? 0));
    }
    const first = leader(
      [...people].map(([name, similarity]) => ({
        name,
        similarity,
        isEasilyMistaken: easilyMistaken.has(name),
      })),
      rules,
    );
    if (!first) continue;
    const { times, similarity } = seen.get(first.name) ?? { times: [], similarity: 0 };
    const now = { ...first, times: [...times, time], similarity: Math.max(similarity, first.similarity) };
    seen.set(first.name, now);
    if (hasArrived(now, rules)) return { name: first.name, time };
  }
  return undefined;
}
