import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ChatMode } from '../mode.ts';
import { ChatPanel } from './chat/chat-panel.tsx';
import { Elsewhere } from './chat/elsewhere.tsx';
import { DoorPanel } from './door/door-panel.tsx';
import { getJson, inWords } from './http.ts';
import { CameraIcon, ChatIcon, MusicIcon } from './icons.tsx';
import { Notices } from './notices.tsx';

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

  return (
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
            <CameraIcon /> Door
          </ViewButton>
        </nav>
      </header>
      <main>
        <div class="chat card">
          {problem && <p class="banner">{problem}</p>}
          {mode?.mode === 'telegram' && <Elsewhere {...mode} />}
          {mode?.mode === 'local' && <ChatPanel mode={mode} />}
        </div>
        <DoorPanel />
      </main>
      <Notices />
    </div>
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
