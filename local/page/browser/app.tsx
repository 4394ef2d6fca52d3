import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { ChatMode } from '../mode.ts';
import { ChatPanel } from './chat/chat-panel.tsx';
import { Elsewhere } from './chat/elsewhere.tsx';
import { DoorPanel } from './door/door-panel.tsx';
import { OwnCamera } from './door/own-camera.tsx';
import { getJson, inWords } from './http.ts';
import { CameraIcon, ChatIcon, MusicIcon } from './icons.tsx';
import { Notices } from './notices.tsx';
import { OffersContext } from './offers.ts';
import { useRehearsal } from './rehearsal/use-rehearsal.ts';

type View = 'chat' | 'door';

/** The page: the chat, and beside it the door; on a small screen one at a time. */
export function App() {
  const [view, setView] = useState<View>('chat');
  const [mode, setMode] = useState<ChatMode>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    getJson<ChatMode>('/mode')
      .then(setMode)
      .catch((error) => setProblem(inWords(error)));
  }, []);

  const rehearsal = useRehearsal(mode?.rehearsal === true);
  const running = rehearsal?.state.step === 'running' ? rehearsal.state : undefined;
  const shows = running?.look;
  // On a small screen there is room for one of both: what happens is where one looks.
  useEffect(() => {
    if (shows) setView(shows);
  }, [shows]);
  const [webcamAsked, setWebcamAsked] = useState(0);
  const [asksForCamera, setAsksForCamera] = useState(false);
  const useWebcam = useCallback(() => setWebcamAsked((times) => times + 1), []);
  const askForCamera = useCallback(() => setAsksForCamera(true), []);
  const offers = useMemo(
    () => ({ rehearsal, useWebcam, askForCamera }),
    [rehearsal?.state, useWebcam, askForCamera],
  );

  return (
    <OffersContext.Provider value={offers}>
      <div class="app" data-view={view}>
        <header class="bar">
          <h1>
            <MusicIcon />
            Musical Joy
          </h1>
          <nav class="views" aria-label="Views">
            <ViewButton name="chat" view={view} onShow={setView}>
              <ChatIcon /> Chat
            </ViewButton>
            <ViewButton name="door" view={view} onShow={setView}>
              <CameraIcon /> At the door
            </ViewButton>
          </nav>
        </header>
        <Notices />
        <main>
          <div class="chat card">
            {problem && <p class="banner">{problem}</p>}
            {mode?.mode === 'telegram' && <Elsewhere {...mode} />}
            {mode?.mode === 'local' && <ChatPanel mode={mode} />}
          </div>
          <DoorPanel rehearsal={running?.telling} webcamAsked={webcamAsked} />
        </main>
        {asksForCamera && (
          <OwnCamera
            onUsed={() => {
              setAsksForCamera(false);
              setView('door');
            }}
            onClose={() => setAsksForCamera(false)}
          />
        )}
      </div>
    </OffersContext.Provider>
  );
}

interface ViewButtonProps {
  readonly name: View;
  readonly view: View;
  readonly onShow: (view: View) => void;
  readonly children: ComponentChildren;
}

function ViewButton({ name, view, onShow, children }: ViewButtonProps) {
  return (
    <button type="button" aria-pressed={view === name} onClick={() => onShow(name)}>
      {children}
    </button>
  );
}
