import type { Verdict } from '../../party/arrivals/judged-faces.ts';
import { shownName as n } from '../names.ts';

/** A face as it is told below the camera's picture. */
export interface ToldFace {
  readonly number: number;
  /** Whom it is like; undefined for nobody who is known. */
  readonly name: string | undefined;
  /** 0 to 100. */
  readonly similarity: number;
  /** Pixels. */
  readonly height: number;
  readonly verdict: Verdict;
}

/**
 * Smaller faces are seldom told apart. Pixels; Rekognition asks for 50 (“Recommendations for facial comparison input
 * images”).
 */
const small = 50;

function advice({ verdict, height }: ToldFace): string {
  if (height < small) return 'too small: come closer, or move the camera nearer';
  if (verdict === 'still') return 'it hasn’t moved since the party began, so I take it for a picture';
  if (verdict === 'turned away') return 'turned too far away: hang the camera where people look';
  if (verdict === 'not sure') return 'I’m not sure: a better photo helps';
  if (verdict === 'nobody') return 'I don’t know this face';
  return 'good';
}

/** What people read below the camera's picture. */
export const cameraText = {
  looking: 'Let me look…',
  /** @param problem what is known to be wrong with the camera, in a sentence */
  none: (problem = 'Check that it’s on, and its computer awake; then try /camera again.'): string =>
    `I can’t get a picture from the camera. ${problem}`,
  notNow: (problem?: string): string => {
    const told = 'I can only look while a party is on. Start one with /start_party.';
    return problem === undefined ? told : `${told}\n${problem}`;
  },
  at: (exactClock: string): string => `The door at ${exactClock}.`,
  nobody: 'I see no face.',
  face: (face: ToldFace): string =>
    face.name === undefined
      ? `${face.number}: ${face.height} pixels high. ${capital(advice(face))}.`
      : `${face.number}: ${n(face.name)}, ${Math.round(face.similarity)} of 100, ${face.height} pixels high. ${capital(advice(face))}.`,
  label: (number: number, name: string | undefined): string =>
    name === undefined ? String(number) : `${number} ${name}`,
} as const;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
