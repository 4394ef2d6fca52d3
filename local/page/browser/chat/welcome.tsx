import { useContext } from 'preact/hooks';
import { MusicIcon } from '../icons.tsx';
import { OffersContext } from '../offers.ts';
import type { Person } from './types.ts';

export interface WelcomeProps {
  readonly botName: string;
  readonly person: Person;
  readonly onStart: () => void;
  /** Whoever is at the page becomes a guest by the webcam. */
  readonly onMe: () => void;
  readonly invited?: Invited | undefined;
}

/** A link of the host's that is for this person. */
export interface Invited {
  readonly by: string;
  /** What it makes of them. */
  readonly to: 'co-host' | 'guest';
  /** Opens it; undefined while there is none. */
  readonly accept?: (() => void) | undefined;
  /** Goes on as the host, who makes one. */
  readonly beHost: () => void;
}

/** What a person sees before anything was said in the chat with the bot. */
export function Welcome({ botName, person, onStart, onMe, invited }: WelcomeProps) {
  return (
    <div class="welcome">
      <div class="welcome-icon">
        <MusicIcon />
      </div>
      <h2>Every guest arrives to a song</h2>
      {person.role === 'host' ? (
        <>
          <p>You’re {person.first_name}, the host. How would you like to see it?</p>
          <Ways onMe={onMe} />
          <p class="hint">
            Or set up your own party in the chat:{' '}
            <button type="button" class="secondary" onClick={onStart}>
              Start
            </button>
          </p>
        </>
      ) : (
        <>
          <p>
            You’re {person.first_name}, and this is {botName}, who plays the songs at the host’s door.
          </p>
          {invited?.accept && (
            <button type="button" class="primary" onClick={invited.accept}>
              Open {invited.by}’s {invited.to} link
            </button>
          )}
          {invited && !invited.accept && (
            <>
              <p class="hint">
                {invited.by} hasn’t made a {invited.to} link yet:{' '}
                <code>{invited.to === 'guest' ? '/invite' : '/cohost'}</code> makes one.
              </p>
              <button type="button" class="primary" onClick={invited.beHost}>
                Write as {invited.by}
              </button>
            </>
          )}
          <button type="button" class={invited ? 'quiet' : 'primary'} onClick={onStart}>
            Start
          </button>
        </>
      )}
    </div>
  );
}

/** What a group is for, before anything was said in it. */
export function GroupWelcome({ isHost, onCommand }: GroupWelcomeProps) {
  return (
    <div class="welcome">
      <p>
        {isHost ? (
          <>
            Say{' '}
            <button type="button" class="link" onClick={() => onCommand('/start_party')}>
              /start_party
            </button>{' '}
            here, and I announce your guests in this group, for everyone in it.
          </>
        ) : (
          'When a host says /start_party here, I announce the guests in this group, for everyone in it.'
        )}
      </p>
    </div>
  );
}

interface GroupWelcomeProps {
  /** Whether the bot takes orders from this person. */
  readonly isHost: boolean;
  readonly onCommand: (command: string) => void;
}

/** The ways to see an arrival: with nothing, with a webcam, with a camera. */
export function Ways({ onMe }: { readonly onMe: () => void }) {
  const { rehearsal, askForCamera } = useContext(OffersContext);
  return (
    <div class="ways">
      {rehearsal && (
        <button type="button" class="way first" onClick={rehearsal.begin}>
          <strong>Show me</strong>
          <small>A whole evening in half a minute. You need nothing.</small>
        </button>
      )}
      <button type="button" class="way" onClick={onMe}>
        <strong>Me, with this webcam</strong>
        <small>Take a photo, step out, come in again.</small>
      </button>
      <button type="button" class="way" onClick={askForCamera}>
        <strong>My camera</strong>
        <small>Paste its address and see its picture.</small>
      </button>
    </div>
  );
}
