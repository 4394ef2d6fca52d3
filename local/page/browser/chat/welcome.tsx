import { MusicIcon } from '../icons.tsx';

interface WelcomeProps {
  readonly botName: string;
  /** Whether this person is the one whose house it is. */
  readonly isHost: boolean;
  readonly onStart: () => void;
}

/** What a person sees before anything was said in the chat with the bot. */
export function Welcome({ botName, isHost, onStart }: WelcomeProps) {
  return (
    <div class="welcome">
      <div class="welcome-icon">
        <MusicIcon />
      </div>
      <h2>Every guest arrives to a song</h2>
      {isHost ? (
        <ol>
          <li>Send a photo with a name: that is a guest.</li>
          <li>Send a music file and say whose song it is.</li>
          <li>
            Say <code>/start_party</code>, and point a camera at the door.
          </li>
        </ol>
      ) : (
        <p>This is {botName}, who plays the songs at the host’s door.</p>
      )}
      <button type="button" class="primary" onClick={onStart}>
        Start
      </button>
    </div>
  );
}
