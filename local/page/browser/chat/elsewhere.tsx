import type { ChatMode } from '../../mode.ts';
import { ChatIcon } from '../icons.tsx';

/** Says that the chat is in the real Telegram. */
export function Elsewhere({ botUsername, startCode }: ChatMode) {
  const start = startCode ? `?start=${encodeURIComponent(startCode)}` : '';
  return (
    <div class="welcome">
      <div class="welcome-icon">
        <ChatIcon />
      </div>
      <h2>The chat is in Telegram</h2>
      <p>Guests, songs and the party are run from your bot. This page shows the door.</p>
      {botUsername && (
        <a
          class="primary"
          href={`https://t.me/${botUsername}${start}`}
          target="_blank"
          rel="noopener noreferrer"
        >
          Open @{botUsername}
        </a>
      )}
    </div>
  );
}
