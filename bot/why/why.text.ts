import type { Verdict } from '../../party/arrivals/judged-faces.ts';
import type { SightingRules } from '../../party/recognition/rules.ts';
import { shownName as n } from '../names.ts';
import { andList, count } from '../wording.ts';

/** What became of a look. */
const verdicts: Readonly<Record<Verdict, string>> = {
  counts: 'counts',
  still: 'hasn’t moved since the party began',
  'turned away': 'turned too far away',
  'not sure': 'I wasn’t sure',
  nobody: 'like nobody I know',
};

const percent = (ratio: number): string => `${Math.max(1, Math.round(ratio * 100))} %`;

/** Why somebody was announced, or was not, in words. */
export const whyText = {
  button: 'Why?',
  who: 'Who do you mean? Send /why and the name.',
  nobody: (name: string): string => `I don’t know anybody called ${n(name)}. /guests lists everyone.`,
  noParty: 'There hasn’t been a party yet.',
  gone: 'I don’t know that arrival any more.',
  seePrivate: 'I’ve told you in our private chat.',

  came: (name: string, clock: string): string => `${n(name)} came at ${clock}.`,
  byHand: (name: string, clock: string): string =>
    `${n(name)} came at ${clock}: one of you told me, not the camera.`,
  livesHere: (name: string): string => `${n(name)} lives here, so I announce nothing.`,
  /** @param similarity of 100 @param height of the face, as a share of the picture's */
  look: (
    clock: string,
    similarity: number,
    height: number,
    verdict: Verdict,
    or: string | undefined,
  ): string =>
    `${clock} · ${Math.round(similarity)} of 100 alike · face ${percent(height)} of the picture’s height · ` +
    (or === undefined ? verdicts[verdict] : `could be ${n(or)} as well`),
  certain: ({ certain }: SightingRules): string =>
    `One picture was enough: from ${certain} of 100 on I’m certain.`,
  twice: (pictures: number, { window, threshold, margin }: SightingRules): string =>
    `That was enough: ${count(pictures, 'picture')}, two of them within ${window / 1000} seconds, each at least ` +
    `${threshold} of 100 alike and ${margin} ahead of everyone else.`,
  /** Of a guest who takes more than others. */
  often: (pictures: number, { window, threshold, margin, careful }: SightingRules): string =>
    `That was enough: ${count(pictures, 'picture')}, ${careful.sightings} of them within ${window / 1000} seconds, each at ` +
    `least ${threshold + careful.more} of 100 alike and ${margin + careful.more} ahead of everyone else.`,
  needsMore: ({ window, threshold, margin, careful }: SightingRules): string =>
    `It takes ${careful.sightings} pictures within ${window / 1000} seconds, each at least ${threshold + careful.more} of 100 alike ` +
    `and ${margin + careful.more} ahead of everyone else, and not turned away.`,
  isChild: (name: string): string =>
    `That’s more than for others, because ${n(name)} is a child: children look more alike to me.`,
  /** @param others none when they are guests no longer */
  looksLike: (name: string, others: readonly string[]): string =>
    others.length === 0
      ? `That’s more than for others, because ${n(name)} looks like another guest to me.`
      : `That’s more than for others, because ${n(name)} looks like ${andList.format(others.map(n))} to me.`,
  misled: (number: number, photos: number): string =>
    photos === 1
      ? 'It looked like the one photo I have.'
      : `It looked most like photo ${number} of ${photos}.`,

  notCome: (name: string): string => `I haven’t announced ${n(name)}. The nearest that I saw:`,
  nothing: (name: string): string => `I haven’t seen any face like ${n(name)}’s at this party.`,
  lastFace: (clock: string, height: number): string =>
    `The last face I saw was at ${clock}, ${percent(height)} of the picture’s height.`,
  noFace: 'In fact I haven’t seen any face yet.',
  needs: ({ window, threshold, margin }: SightingRules): string =>
    `It takes two pictures within ${window / 1000} seconds, each at least ${threshold} of 100 alike and ${margin} ahead of everyone else, and not turned away.`,
  advice: {
    'turned away': 'Hang the camera where people look at it.',
    'not sure': 'A photo of each of them, taken closer up, tells them apart.',
    counts: 'Once is not enough, so as not to be wrong. A second look will do.',
    still: 'It hasn’t moved at all, so I take it for a picture. Whoever it is counts as soon as they move.',
    nobody: '',
  } satisfies Record<Verdict, string>,
  noPhoto: (name: string): string => `I have no photo of ${n(name)}: send me one.`,
} as const;
