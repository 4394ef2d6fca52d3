import { CloseIcon, PauseIcon, PlayIcon } from '../icons.tsx';
import { goOn, pause, stop, usePlaying } from './player.ts';

/** The song of another chat, which goes on while this one is looked at. */
export function NowPlaying({ chatId }: { /** The open chat. */ readonly chatId: number | undefined }) {
  const playing = usePlaying();
  if (!playing || playing.chatId === chatId) return null;
  const { title, plays } = playing;
  return (
    <section class="now-playing" aria-label="Playing">
      <button
        type="button"
        class="quiet"
        aria-label={plays ? `Pause ${title}` : `Play ${title}`}
        onClick={plays ? pause : goOn}
      >
        {plays ? <PauseIcon /> : <PlayIcon />}
      </button>
      <bdi class="title">{title}</bdi>
      <button type="button" class="quiet" aria-label={`Stop ${title}`} onClick={stop}>
        <CloseIcon />
      </button>
    </section>
  );
}
