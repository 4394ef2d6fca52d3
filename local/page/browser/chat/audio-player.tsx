import { PauseIcon, PlayIcon } from '../icons.tsx';
import { pause, play, seek, usePlaying } from './player.ts';
import { fileUrl, type Message } from './types.ts';

/** A music file as a message has it. */
interface AudioPlayerProps {
  readonly message: Pick<Message, 'chat' | 'message_id'>;
  readonly fileId: string;
  readonly title: string;
  readonly performer?: string | undefined;
  /** Seconds, as the sender says; the file itself is asked once it is loaded. */
  readonly duration: number;
}

/** Plays a song where it stands. */
export function AudioPlayer({ message, fileId, title, performer, duration }: AudioPlayerProps) {
  const key = `${message.chat.id}/${message.message_id}`;
  const playing = usePlaying();
  const own = playing?.key === key ? playing : undefined;
  const { plays = false, at = 0, length = duration, isBroken = false } = own ?? {};
  const whole = clock(Math.round(length));
  const toggle = () => {
    if (plays) pause();
    else play({ key, chatId: message.chat.id, title, length: duration, address: fileUrl(fileId) });
  };

  return (
    <fieldset class={plays ? 'player plays' : 'player'} aria-label={`Song: ${title}`}>
      <button
        type="button"
        class="play"
        aria-label={plays ? `Pause ${title}` : `Play ${title}`}
        disabled={isBroken}
        onClick={toggle}
      >
        {plays ? <PauseIcon /> : <PlayIcon />}
      </button>
      <div class="song">
        <span class="title">{title}</span>
        {performer && <span class="performer">{performer}</span>}
        {isBroken ? (
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
              disabled={!own}
              onInput={(event) => seek(key, Number(event.currentTarget.value))}
            />
            <span class="clock">{at > 0 ? `${clock(at)} / ${whole}` : whole}</span>
          </span>
        )}
      </div>
    </fieldset>
  );
}

/** 75 → 1:15 */
function clock(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
