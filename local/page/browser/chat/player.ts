import { useEffect, useState } from 'preact/hooks';

/** The song that plays, or was paused, in whichever chat it is. */
export interface Playing {
  /** Names the message that it is in. */
  readonly key: string;
  readonly chatId: number;
  readonly title: string;
  readonly plays: boolean;
  /** Seconds. */
  readonly at: number;
  /** Seconds; what the sender said until the file itself is loaded. */
  readonly length: number;
  /** The browser cannot play it. */
  readonly isBroken: boolean;
}

/** A song as a message has it. */
export interface Song extends Pick<Playing, 'key' | 'chatId' | 'title' | 'length'> {
  /** Where its file is. */
  readonly address: string;
}

let playing: Playing | undefined;
let audio: HTMLAudioElement | undefined;
const listeners = new Set<() => void>();

function change(part: Partial<Playing>): void {
  if (!playing) return;
  playing = { ...playing, ...part };
  for (const listener of listeners) listener();
}

/** One element for all songs: starting one ends the other, and it goes on while another chat is looked at. */
function element(): HTMLAudioElement {
  if (audio) return audio;
  const made = document.createElement('audio');
  made.hidden = true;
  made.addEventListener('play', () => change({ plays: true }));
  made.addEventListener('pause', () => change({ plays: false }));
  made.addEventListener('ended', () => change({ plays: false, at: 0 }));
  made.addEventListener('timeupdate', () => change({ at: made.currentTime }));
  made.addEventListener('durationchange', () => {
    if (Number.isFinite(made.duration)) change({ length: made.duration });
  });
  made.addEventListener('error', () => change({ plays: false, isBroken: true }));
  document.body.append(made);
  audio = made;
  return made;
}

/** Plays a song from its start, or goes on with the one that was paused. */
export function play({ address, ...song }: Song): void {
  const own = element();
  if (playing?.key !== song.key) {
    playing = { ...song, plays: false, at: 0, isBroken: false };
    own.src = address;
  }
  own.play().catch(() => {}); // A file that cannot be played is an `error`, too.
}

/** Pauses what plays. */
export const pause = (): void => audio?.pause();

/** Goes on with what was paused. */
export const goOn = (): void => void audio?.play().catch(() => {});

/** Goes to a second of the song, if it is the one that plays. */
export function seek(key: string, second: number): void {
  if (audio && playing?.key === key) audio.currentTime = second;
}

/** Ends what plays. */
export function stop(): void {
  audio?.pause();
  playing = undefined;
  for (const listener of listeners) listener();
}

/** What plays now, for as long as this is shown. */
export function usePlaying(): Playing | undefined {
  const [now, setNow] = useState(playing);
  useEffect(() => {
    const look = () => setNow(playing);
    look();
    listeners.add(look);
    return () => void listeners.delete(look);
  }, []);
  return now;
}
