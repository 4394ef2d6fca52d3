import type { Services } from '../../party/services.ts';
import type { ChosenSong } from '../../party/sign-ups/sign-ups.ts';
import { aSurprise, songTitle } from '../songs/songs.text.ts';

/** What is to play, as people read it. */
export async function songWords(
  { songs }: Pick<Services, 'songs'>,
  song: ChosenSong | undefined,
): Promise<string> {
  if (song?.from === 'guest') return songTitle(song.music);
  const own = song?.from === 'shelf' ? await songs.get(song.songId) : undefined;
  return own ? songTitle(own) : aSurprise;
}
