import { useRef } from 'preact/hooks';
import { inWords, postForm } from '../http.ts';
import { notify } from '../notices.tsx';
import type { Person } from './types.ts';

interface OwnProfileProps {
  readonly person: Person;
  readonly onChange: (person: Person) => void;
}

/** What somebody shows of themselves in Telegram: a photo and a song, by which they can add themselves as a guest. */
export function OwnProfile({ person, onChange }: OwnProfileProps) {
  const show = async (what: 'photo' | 'audio', file: File) => {
    const form = new FormData();
    form.set(what, file);
    try {
      onChange(await postForm<Person>(`/telegram/people/${person.id}/profile`, form, () => {}));
    } catch (error) {
      notify(inWords(error), 'error');
    }
  };
  return (
    <div class="profile">
      <Chooser
        label={person.photo ? 'Another profile photo' : 'Profile photo…'}
        accept="image/jpeg,image/png,image/webp"
        onFile={(file) => show('photo', file)}
      />
      <Chooser
        label={person.song ? `Profile song: ${person.song}` : 'Profile song…'}
        accept="audio/mpeg,audio/mp4,.mp3,.m4a"
        onFile={(file) => show('audio', file)}
      />
    </div>
  );
}

interface ChooserProps {
  readonly label: string;
  readonly accept: string;
  readonly onFile: (file: File) => void;
}

function Chooser({ label, accept, onFile }: ChooserProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="link" onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
    </>
  );
}
