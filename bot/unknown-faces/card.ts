import { minute } from '../../party/clock.ts';
import type { UnknownCard } from '../../party/unknown-faces/cards.ts';
import type { UnknownFace } from '../../party/unknown-faces/unknown-faces.ts';
import type { Shown } from '../shown.ts';
import { askAgainChoice, keepChoice, numberedFaces, pressed, whoChoices } from './buttons.ts';
import { unknownFacesText as text } from './unknown-faces.text.ts';

/** Who was at the door longer ago than this is asked about as one who came. */
const lateAfter = 2 * minute;

/** As many faces as one message shows together; the newest. */
export const mostTogether = 20;

/** The moment at which a card is read. */
export interface CardMoment {
  readonly now: number;
  /** A time as people write it. */
  readonly clock: (time: number) => string;
  /** Of the guests, from 0. */
  readonly page?: number;
}

/** What a card reads, and its buttons. */
export function showCard(card: UnknownCard, { now, clock, page = 0 }: CardMoment): Shown {
  const { face, toCome, names } = card;
  const place = pressed(face);
  if (card.isOver) return { told: text.over };
  if (face.is === undefined) {
    const told = now - face.time > lateAfter ? text.whoWasIt(clock(face.time)) : text.whoIsIt;
    return { told, keyboard: whoChoices(place, toCome, names, page) };
  }
  if (face.is === 'ignored') return { told: text.ignored, keyboard: askAgainChoice(place) };
  const told = settledText(card);
  if (face.is === 'household') return { told };
  if (face.kept || !card.who) return { told: face.kept ? text.kept(told) : told };
  return { told, keyboard: keepChoice(place) };
}

/** What a host hears whose answer comes too late. */
export const wasSettled = ({ by }: UnknownFace): string =>
  by === 'recognition' ? text.knownByNow : text.settledBefore;

function settledText({ face, who, names }: UnknownCard): string {
  const name = (who && names.get(who.id)) ?? who?.name ?? '';
  if (!who) return text.settledBefore;
  if (face.is === 'household') return text.livesHere(name);
  return face.by === 'recognition' ? text.itIsAfterAll(name) : text.itIs(name);
}

/** What the message reads that tells of many faces together. */
export function showTogether(faces: readonly UnknownFace[]): Shown {
  if (faces.length === 0) return { told: text.moreSettled };
  return { told: text.more, keyboard: numberedFaces(faces.slice(-mostTogether)) };
}
