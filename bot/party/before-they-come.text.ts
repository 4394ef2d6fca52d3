import { namesInList } from '../wording.ts';

/** So many names stand in a line. */
const mostNamed = 5;

/** What a host reads when a party starts, of what can still be mended. */
export const beforeTheyComeText = {
  noPhoto: (names: readonly string[]): string =>
    `⚠ I have no photo of ${namesInList(names, mostNamed)}, so I can’t recognise them. Send me one!`,
  poorPhoto: (names: readonly string[]): string =>
    `⚠ I only have a poor photo of ${namesInList(names, mostNamed)}. A better one helps: the whole face, in good light.`,
  /** @param invited how many guests there are */
  noSong: (names: readonly string[], invited: number): string =>
    names.length === invited && invited > 1
      ? 'Nobody has a song yet, so carols play. Send me some!'
      : `No song yet for ${namesInList(names, mostNamed)}, so a carol plays.`,
} as const;
