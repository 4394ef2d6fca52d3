import type { GuestLoss, Losses } from '../party/losses/losses.ts';
import { count, namesInList } from './wording.ts';

/**
 * What is lost, as /status says it in a line: none when nothing is.
 *
 * @param repairCommand finds faces again in stored photos and takes lost photos off the list; undefined where there is
 * none
 */
export function lossLines(
  { guests, songs }: Pick<Losses, 'guests' | 'songs'>,
  repairCommand?: string,
): string[] {
  const unknown = guests.filter(({ isRecognised }) => !isRecognised);
  const known = guests.filter(({ isRecognised }) => isRecognised);
  const findable = unknown.filter((guest) => repairCommand !== undefined && guest.findable.length > 0);
  const wanted = unknown.filter((guest) => !findable.includes(guest));
  const sentences = [
    ...say(
      findable,
      (those) =>
        `I can’t recognise ${names(those)} right now. I can find ${those.length === 1 ? 'the face' : 'the faces'} in the photos I still have: stop me, then run ${repairCommand}.`,
    ),
    ...say(
      wanted,
      (those) =>
        `I can’t recognise ${names(those)}: send me ${those.length === 1 ? 'a photo' : 'a photo of each'}, with the name.`,
    ),
    ...say(known, (those) => {
      const photos = those.reduce(
        (sum, { findable, lost, withoutFile }) => sum + findable.length + lost.length + withoutFile.length,
        0,
      );
      const one = photos === 1;
      const todo = repairCommand === undefined ? '' : `, or stop me and run ${repairCommand}`;
      return (
        `I still recognise ${names(those)}, but ${count(photos, 'photo')} ${one ? 'is' : 'are'} lost or damaged: ` +
        `send ${one ? 'it' : 'them'} again, with the name${todo}.`
      );
    }),
    ...(songs.length > 0
      ? [`${count(songs.length, 'song')} ${songs.length === 1 ? 'is' : 'are'} gone: see /songs.`]
      : []),
  ];
  return sentences.length === 0 ? [] : [sentences.join(' ')];
}

const say = (those: readonly GuestLoss[], sentence: (those: readonly GuestLoss[]) => string): string[] =>
  those.length > 0 ? [sentence(those)] : [];

const names = (guests: Losses['guests']): string => namesInList(guests.map(({ name }) => name));
