import type { MusicProblem } from '../../party/songs/music-file.ts';
import { songsText } from './songs.text.ts';

/** What is wrong with a file that cannot be a song. */
export type SongProblem = MusicProblem | 'too large';

const problems: Readonly<Record<SongProblem, string>> = {
  'not music': songsText.notMusic,
  film: songsText.film,
  damaged: songsText.damaged,
  protected: songsText.protected,
  'too large': songsText.tooLarge,
};

/** Why a file cannot be a song. Of one that is called a song it is not said that it should be one. */
export const musicProblem = (problem: SongProblem, { fileName }: { readonly fileName: string }): string =>
  problem === 'not music' && /\.(mp3|m4a)$/i.test(fileName)
    ? songsText.notWhatItSays(fileName)
    : problems[problem];
