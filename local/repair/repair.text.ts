import type { LostObject } from '../aws/s3/object-files.ts';
import { photos } from './losses.text.ts';

export const repairText = {
  usage: `Repairs the data folder of the house on this machine, which must not run meanwhile.

  npm run doctor -- --repair [options]

  --data .joy        the data folder
  --help             this text

What is damaged is put back from its copy. If the copy is damaged too, what can be read of both is kept; faces that are
gone are found again in the guests' photos. Damaged files are kept beside the new ones. You can stop it at any time, and
run it again.
`,
  noFolder: (folder: string): string => `There is no data folder ${folder}. Say where it is with --data.`,
  begin: (folder: string): string => `Looking at all that is kept in ${folder} …`,
  progress: (done: number, all: number): string => `Looking for faces in photos: ${done} of ${all} …`,
  facesFound: (count: number): string =>
    `I found the ${count === 1 ? 'face of 1 photo again; it is' : `faces of ${photos(count)} again; they are`} recognised as before.`,
  facesNotFound: (count: number): string =>
    count === 1 ? 'In 1 photo I found no face any more.' : `In ${photos(count)} I found no faces any more.`,
  photosForgotten: (name: string, count: number): string =>
    `I took ${photos(count)} of ${name} off the list: ${count === 1 ? 'it is gone, or shows' : 'they are gone, or show'} no face. I recognise ${name} by what is left.`,
  filesGivenUp: (name: string, count: number): string =>
    `The ${count === 1 ? 'file of a photo' : `files of ${photos(count)}`} of ${name} ${count === 1 ? 'is' : 'are'} gone for good. I recognise ${name} all the same, so you need not do anything.`,
  songForgotten: (song: string): string =>
    `I took the song ${song} off the list: its file is gone, and it was nobody's.`,
  nobodysFaces: (count: number): string =>
    `I took ${count === 1 ? '1 face' : `${count} faces`} out of the collection by which nobody is known any more.`,
  nothing: 'Nothing was damaged.',
  done: 'Done. npm start starts the house.',

  secretsAnew:
    'The secrets of the house were gone, so I made new ones. A link that makes somebody the host works no more, and ' +
    'npm start prints another while there is no host; whoever is the host stays it. You need not do anything.',
  /** @param titles of carols whose files were gone */
  carolsBack: (titles: readonly string[]): string =>
    titles.length === 1
      ? `The carol “${titles[0]}” was gone. I put it back, and nothing is lost.`
      : `${titles.length} carols were gone. I put them back, and nothing is lost.`,
  /** @param what it is to people: `a photo of Tony`; undefined when it was nobody's */
  objectLost: ({ aside }: LostObject, what: string | undefined): string =>
    (what === undefined
      ? 'A stored file is damaged or gone, and so is its copy. If a photo or a song is missing by that, you read so below.'
      : `Lost: ${what}. The file is damaged or gone, and so is its copy.`) +
    (aside === undefined ? '' : ` The damaged one is kept as ${aside}.`),
  damaged: (what: string, command: string): string =>
    `${what}\nTo go on with what can be read: ${command}\nIt keeps the damaged files, and says what is lost.`,
};
