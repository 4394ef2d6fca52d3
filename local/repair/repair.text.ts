/** Names as in a sentence: `Anna, Berta and Carla`. */
const list = new Intl.ListFormat('en', { type: 'conjunction' });

const photos = (count: number): string => (count === 1 ? '1 photo' : `${count} photos`);

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
    `I found the faces of ${photos(count)} again; they are recognised as before.`,
  facesLost: (names: readonly string[]): string =>
    `The photos of ${list.format(names)} are gone too, or show no face. Send new ones in the chat, with the name as caption.`,
  nobodysFaces: (count: number): string =>
    `I took ${count === 1 ? 'a face' : `${count} faces`} out of the collection that nobody is known by any more.`,
  nothing: 'Nothing was damaged.',
  done: 'Done. npm start starts the house.',

  /** What is said of a house that has started all the same. */
  cannotRecognise: (names: readonly string[], command: string): string =>
    `I can't recognise ${list.format(names)}: their faces are gone. ${command} finds them again in their photos.`,
  songsGone: (titles: readonly string[]): string =>
    titles.length === 1
      ? `A song is gone: ${titles[0]}. Send it again in the chat.`
      : `${titles.length} songs are gone: ${list.format(titles)}. Send them again in the chat.`,
  damaged: (what: string, command: string): string =>
    `${what}\nTo go on with what can be read: ${command}\nIt keeps the damaged files, and says what is lost.`,
};
