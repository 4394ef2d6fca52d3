import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ScreenState } from '../../../party/door-screen/told.ts';
import { Candle } from './candle.tsx';
import { type Greeting, Greetings } from './greetings.ts';
import { kept } from './kept.ts';
import { Player } from './player.ts';
import { type Connection, pollArrivals } from './poll.ts';
import { keepAwake } from './wake-lock.ts';
import { Welcome } from './welcome.tsx';
import './screen.css';

/** The page by the door. */
function DoorScreen() {
  const audio = useRef<HTMLAudioElement>(null);
  const player = useRef<Player | undefined>(undefined);
  const greetings = useRef<Greetings | undefined>(undefined);
  const [greeting, setGreeting] = useState<Greeting>();
  const [state, setState] = useState<ScreenState>();
  const [connection, setConnection] = useState<Connection>('connecting');
  const [volume, setVolume] = useState(() => kept.read('volume', 1));

  useEffect(() => {
    player.current = new Player(audio.current!);
    greetings.current = new Greetings(player.current, setGreeting);
    keepAwake();
    void pollArrivals({
      path: 'arrivals',
      known: () => greetings.current!.known,
      onConnection: setConnection,
      onState(told) {
        setState(told);
        greetings.current!.add(told.arrivals);
      },
    });
  }, []);
  useEffect(() => {
    player.current!.volume = volume;
    kept.write('volume', volume);
  }, [volume]);

  const arrival = greeting?.arrival;
  return (
    <main class={arrival ? 'greeting' : 'waiting'}>
      {/* biome-ignore lint/a11y/useMediaCaption: it is music */}
      <audio ref={audio} onEnded={() => greetings.current?.songEnded()} />
      {connection === 'link is over' && !arrival ? (
        <section class="idle">
          <h1>This link is over.</h1>
          <p>The host gets a new one with /door in the chat.</p>
        </section>
      ) : arrival ? (
        <Welcome arrival={arrival} key={arrival.id} />
      ) : (
        <section class="idle">
          <Candle />
          <h1 dir="auto">{state?.title ?? ''}</h1>
          {state && !state.on && <p>The party hasn’t started.</p>}
        </section>
      )}
      <footer>
        {connection === 'lost' && <p role="status">No connection. Trying again…</p>}
        {arrival && greeting.next.length > 0 && (
          <p class="next">
            Next: <bdi>{greeting.next.join(', ')}</bdi>
          </p>
        )}
        {greeting?.needsTap && (
          <button class="sound" type="button" onClick={() => void greetings.current?.unlock()}>
            Tap for sound
          </button>
        )}
        <label>
          Volume
          <input
            type="range"
            min="0"
            max="1"
            step="0.05"
            value={volume}
            onInput={({ currentTarget }) => setVolume(Number(currentTarget.value))}
          />
        </label>
        {arrival && (
          <button type="button" onClick={() => greetings.current?.skip()}>
            Skip
          </button>
        )}
      </footer>
    </main>
  );
}

render(<DoorScreen />, document.body);
