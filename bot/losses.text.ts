import type { Losses } from '../party/losses/losses.ts';
import { shownName } from './names.ts';
import { count } from './wording.ts';

/** So many names stand in a line. */
const mostNames = 10;

/** What is lost, as /status says it in a line: none when nothing is. */
export function lossLines({ guests, songs }: Pick<Losses, 'guests' | 'songs'>): string[] {
  const unknown = guests.filter(({ isRecognised }) => !isRecognised);
  const known = guests.filter(({ isRecognised }) => isRecognised);
  const photos = known.reduce(
    (sum, { findable, lost, withoutFile }) => sum + findable.length + lost.length + withoutFile.length,
    0,
  );
  const sentences = [
    ...(unknown.length > 0
      ? [`I can’t recognise ${names(unknown)}: send me a photo of each, with the name.`]
      : []),
    ...(photos > 0
      ? [`Something of ${count(photos, 'photo')} of ${names(known)} is lost; I recognise them all the same.`]
      : []),
    ...(songs.length > 0
      ? [`${count(songs.length, 'song')} ${songs.length === 1 ? 'is' : 'are'} gone: see /songs.`]
      : []),
  ];
  return sentences.length === 0 ? [] : [sentences.join(' ')];
}

function names(guests: Losses['guests']): string {
  const first = guests.slice(0, mostNames).map(({ name }) => shownName(name));
  const rest = guests.length - first.length;
  return rest > 0 ? `${first.join(', ')} and ${count(rest, 'more guest')}` : first.join(', ');
}
