import type { GuestLoss, Losses, SongLoss } from '../../party/losses/losses.ts';
import type { Song } from '../../party/songs/songs.ts';

/** Names as in a sentence: `Anna, Berta and Carla`. */
const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** `1 photo`, `2 photos`. */
export const photos = (count: number): string => (count === 1 ? '1 photo' : `${count} photos`);

const title = ({ title, performer }: Pick<Song, 'title' | 'performer'>): string =>
  `“${performer ? `${performer} – ${title}` : title}”`;

/** A song as people know it: `“Jingle Bells”, the song of Tony`. */
export const songOf = ({ song, whose }: SongLoss): string =>
  whose.length === 0 ? title(song) : `${title(song)}, the song of ${list.format(whose)}`;

/** A photo by whose it is. */
export const photoOf = (name: string): string => `a photo of ${name}`;

const byWhich = ({ name, recognisedBy, photos: all }: GuestLoss): string =>
  recognisedBy === 0 ? `${name} by none of ${photos(all)}` : `${name} by ${recognisedBy} of ${photos(all)}`;

const countOf = (those: readonly GuestLoss[], photosOf: (one: GuestLoss) => readonly unknown[]): number =>
  those.reduce((sum, one) => sum + photosOf(one).length, 0);

/**
 * What is lost, in a sentence for each kind of loss, and what the host can do about it.
 *
 * @param command what repairs the data folder
 */
export function inSentences({ guests, songs }: Omit<Losses, 'carols'>, command: string): string[] {
  const unknown = guests.filter(({ isRecognised }) => !isRecognised);
  const known = guests.filter(({ isRecognised }) => isRecognised);
  const wanted = songs.filter(({ whose }) => whose.length > 0);
  const unused = songs.filter(({ whose }) => whose.length === 0);
  const names = (those: readonly GuestLoss[]): string => list.format(those.map(({ name }) => name));
  const say = (those: readonly GuestLoss[], text: (those: readonly GuestLoss[]) => string): string[] =>
    those.length > 0 ? [text(those)] : [];
  return [
    ...say(
      unknown.filter(({ findable }) => findable.length > 0),
      (those) =>
        `I can't recognise ${names(those)}: ${those.length === 1 ? 'the face is' : 'their faces are'} gone. ` +
        `${command} looks for ${those.length === 1 ? 'it' : 'them'} in the photos that are left.`,
    ),
    ...say(
      unknown.filter(({ findable }) => findable.length === 0),
      (those) =>
        `I can't recognise ${names(those)}: the photos are gone, or show no face. ` +
        `Send a ${those.length === 1 ? 'new photo' : 'photo of each'} in the chat, with the name as its caption.`,
    ),
    ...say(
      known.filter(({ findable }) => findable.length > 0),
      (those) => {
        const one = countOf(those, ({ findable }) => findable) === 1;
        return `I recognise ${list.format(those.map(byWhich))}. ${command} looks for the ${one ? 'face of the other in its file' : 'faces of the others in their files'}.`;
      },
    ),
    ...say(
      known.filter(({ findable, lost }) => findable.length === 0 && lost.length > 0),
      (those) => {
        const one = countOf(those, ({ lost }) => lost) === 1;
        return (
          `I recognise ${list.format(those.map(byWhich))}; the ${one ? 'other is gone, or shows' : 'others are gone, or show'} no face. ` +
          `Send ${one ? 'another' : 'others'} in the chat if you like. ${command} takes ${one ? 'it' : 'them'} off the list.`
        );
      },
    ),
    ...say(
      known.filter(({ withoutFile }) => withoutFile.length > 0),
      (those) => {
        const gone = countOf(those, ({ withoutFile }) => withoutFile);
        return (
          `The ${gone === 1 ? 'file of a photo' : `files of ${photos(gone)}`} of ${names(those)} ${gone === 1 ? 'is' : 'are'} gone. ` +
          `I recognise ${those.length === 1 ? names(those) : 'all of them'} all the same. Send ${gone === 1 ? 'it' : 'them'} again in the chat, with the name, or let ${command} take ${gone === 1 ? 'it' : 'them'} off the list.`
        );
      },
    ),
    ...(wanted.length === 1 ? [`A song is gone: ${songOf(wanted[0]!)}. Send it again in the chat.`] : []),
    ...(wanted.length > 1
      ? [`${wanted.length} songs are gone: ${wanted.map(songOf).join('; ')}. Send them again in the chat.`]
      : []),
    ...(unused.length === 1
      ? [`The song ${songOf(unused[0]!)} is gone. It is nobody's, and ${command} takes it off the list.`]
      : []),
    ...(unused.length > 1
      ? [
          `The songs ${list.format(unused.map(songOf))} are gone. They are nobody's, and ${command} takes them off the list.`,
        ]
      : []),
  ];
}
