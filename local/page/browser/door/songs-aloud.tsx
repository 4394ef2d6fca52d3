import { useRef } from 'preact/hooks';
import { useSongsAloud } from './use-songs-aloud.ts';

/** Plays the song of whoever arrives, where this page is: a laptop by the door needs no screen besides. */
export function SongsAloud() {
  const audio = useRef<HTMLAudioElement>(null);
  const { wanted, setWanted, greeting, unlock, skip } = useSongsAloud(audio);
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
      {wanted && needsTap && (
        <button type="button" class="primary" onClick={unlock}>
          Tap for sound
        </button>
      )}
      {wanted && arrival && (
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
      {wanted && next.length > 0 && (
        <p class="hint">
          Next: <bdi>{next.join(', ')}</bdi>
        </p>
      )}
    </div>
  );
}
