import { useEffect, useRef, useState } from 'preact/hooks';
import { type Greeting, Greetings } from '../../../../lambdas/door-screen/browser/greetings.ts';
import { kept } from '../../../../lambdas/door-screen/browser/kept.ts';
import { Player } from '../../../../lambdas/door-screen/browser/player.ts';
import { pollArrivals } from '../../../../lambdas/door-screen/browser/poll.ts';

/** The songs of those who arrive, as this page plays them. */
export interface SongsAloud {
  /** Somebody wants this page to play them; remembered by this browser. */
  readonly wanted: boolean;
  readonly setWanted: (wanted: boolean) => void;
  /** What plays now, and who is next. */
  readonly greeting: Greeting | undefined;
  /** Somebody touched the page. */
  readonly unlock: () => void;
  readonly skip: () => void;
}

/** Of all tabs with the page one plays: each song is heard once. The next one takes over when that is closed. */
const turn = 'songs aloud';

/**
 * Plays songs by an audio element for as long as it is wanted, also while the page is not looked at.
 *
 * @param also plays them for now, wanted or not
 */
export function useSongsAloud(
  audio: { readonly current: HTMLAudioElement | null },
  also: boolean,
): SongsAloud {
  const [wanted, setWanted] = useState(() => kept.read('aloud', false));
  const [greeting, setGreeting] = useState<Greeting>();
  const greetings = useRef<Greetings | undefined>(undefined);

  const plays = wanted || also;

  useEffect(() => kept.write('aloud', wanted), [wanted]);
  useEffect(() => {
    const element = audio.current;
    if (!plays || !element) return;
    const ending = new AbortController();
    const { signal } = ending;
    void navigator.locks
      .request(turn, { signal }, async () => {
        const own = new Greetings(new Player(element), setGreeting);
        greetings.current = own;
        // Who has touched the page already need not do it again.
        if (navigator.userActivation?.hasBeenActive) void own.unlock();
        const onEnded = (): void => own.songEnded();
        element.addEventListener('ended', onEnded);
        await pollArrivals({
          path: '/door/arrivals',
          ending: signal,
          known: () => own.known,
          onState: ({ arrivals }) => own.add(arrivals),
          // The page says by itself when the program is gone.
          onConnection: () => {},
        });
        element.removeEventListener('ended', onEnded);
        own.close();
        setGreeting(undefined);
      })
      // Ended before it was this tab's turn.
      .catch(() => {});
    return () => {
      greetings.current?.close();
      ending.abort();
    };
  }, [plays, audio]);

  return {
    wanted,
    setWanted,
    greeting,
    unlock: () => void greetings.current?.unlock(),
    skip: () => greetings.current?.skip(),
  };
}
