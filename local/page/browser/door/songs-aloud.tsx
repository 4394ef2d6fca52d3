import { useRef } from 'preact/hooks';
import { useSongsAloud } from './use-songs-aloud.ts';

/** Plays the song of whoever arrives, where this page is: a laptop by the door needs no screen besides. */
export function SongsAloud({
  also,
}: {
  /** Whether they are played though nobody has asked for it. */ readonly also: boolean;
}) {
  const audio = useRef<HTMLAudioElement>(null);
  const { wanted, setWanted, greeting, unlock, skip } = useSongsAloud(audio, also);
  const plays = wanted || also;
  const { arrival, next = [], needsTap } = greeting ?? {};
  return (
    <div class="songs-aloud">
      <label class="check">
        <input
          type="checkbox"
          checked={wanted}
          onChange={({ currentTarget }) => setWanted(currentTarget.checked)}
        />
        Play songs aloud
      </label>
      {/* biome-ignore lint/a11y/useMediaCaption: it is music */}
      <audio ref={audio} />
      {plays && needsTap && (
        <button type="button" class="primary" onClick={unlock}>
          Tap for sound
        </button>
      )}
      {plays && arrival && (
        <>
          <p class="playing" role="status">
            ♪ <bdi>{arrival.name}</bdi>
            {arrival.song && (
              <>
                {': '}
                <bdi>{arrival.song.title}</bdi>
              </>
            )}
          </p>
          <button type="button" class="secondary" onClick={skip}>
            Skip
          </button>
        </>
      )}
      {plays && next.length > 0 && (
        <p class="hint">
          Next: <bdi>{next.join(', ')}</bdi>
        </p>
      )}
    </div>
  );
}
