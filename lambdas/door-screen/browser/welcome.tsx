import type { WaitingArrival } from './arrival-queue.ts';
import { Portrait } from './portrait.tsx';

/** A guest's name, as large as it fits, with face and song. */
export function Welcome({ arrival: { name, song, picture } }: { readonly arrival: WaitingArrival }) {
  return (
    <section class="welcome" aria-live="assertive">
      {picture && <Portrait picture={picture} />}
      <div class="words">
        <h1 dir="auto" style={sizeOf(name)}>
          {name}
        </h1>
        {song && (
          <p class="song">
            <span aria-hidden="true">♪ </span>
            <bdi>{song.performer ? `${song.performer} – ${song.title}` : song.title}</bdi>
          </p>
        )}
      </div>
    </section>
  );
}

/** A word longer than this is broken: a name that is read from afar is worth more than one in one piece. */
const longestPart = 20;

/**
 * What the style sheet makes the size of: the longest part that is not broken has to fit into the width, and all lines
 * into the height, for which the square root of all letters stands. Names of few letters grow no further.
 */
function sizeOf(name: string): Record<string, string> {
  const letters = (text: string): number => Math.max(6, [...text].length);
  const parts = name.replace(/-/g, '- ').split(' ').map(letters);
  return {
    '--part': String(Math.min(longestPart, Math.max(...parts))),
    '--root': Math.sqrt(letters(name)).toFixed(2),
  };
}
