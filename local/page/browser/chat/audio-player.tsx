import { useRef, useState } from 'preact/hooks';
import { PauseIcon, PlayIcon } from '../icons.tsx';
import { fileUrl } from './types.ts';

/** A music file as a message has it. */
interface AudioPlayerProps {
  readonly fileId: string;
  readonly title: string;
  readonly performer?: string | undefined;
  /** Seconds, as the sender says; the file itself is asked once it is loaded. */
  readonly duration: number;
}

/** The one that plays: starting another pauses it. */
let playing: HTMLAudioElement | undefined;

/** Plays a song where it stands. */
export function AudioPlayer({ fileId, title, performer, duration }: AudioPlayerProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const [plays, setPlays] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(duration);
  const [broken, setBroken] = useState(false);

  const whole = clock(Math.round(length));
  const toggle = () => {
    const element = audio.current;
    if (!element) return;
    if (plays) element.pause();
    else element.play().catch(() => setBroken(true));
  };
  const onPlay = () => {
    if (playing !== audio.current) playing?.pause();
    playing = audio.current ?? undefined;
    setPlays(true);
  };

  return (
    <fieldset class={plays ? 'player plays' : 'player'} aria-label={`Song: ${title}`}>
      <button
        type="button"
        class="play"
        aria-label={plays ? `Pause ${title}` : `Play ${title}`}
        disabled={broken}
        onClick={toggle}
      >
        {plays ? <PauseIcon /> : <PlayIcon />}
      </button>
      <div class="song">
        <span class="title">{title}</span>
        {performer && <span class="performer">{performer}</span>}
        {broken ? (
          <span class="performer">This file cannot be played here.</span>
        ) : (
          <span class="position">
            <input
              type="range"
              aria-label={`Position in ${title}`}
              min={0}
              max={Math.max(length, 0.1)}
              step="any"
              value={at}
              onInput={(event) => {
                if (audio.current) audio.current.currentTime = Number(event.currentTarget.value);
              }}
            />
            <span class="clock">{at > 0 ? `${clock(at)} / ${whole}` : whole}</span>
          </span>
        )}
      </div>
      {/* biome-ignore lint/a11y/useMediaCaption: it is music */}
      <audio
        ref={audio}
        src={fileUrl(fileId)}
        preload="none"
        onPlay={onPlay}
        onPause={() => setPlays(false)}
        onEnded={() => setAt(0)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onDurationChange={(event) => {
          if (Number.isFinite(event.currentTarget.duration)) setLength(event.currentTarget.duration);
        }}
        onError={() => setBroken(true)}
      />
    </fieldset>
  );
}

/** 75 → 1:15 */
function clock(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
