import { useEffect, useRef, useState } from 'preact/hooks';
import { inWords, postJson } from '../http.ts';
import { notify } from '../notices.tsx';
import { type Chat, nameOf, type Person } from './types.ts';

interface NewGroupProps {
  readonly people: readonly Person[];
  readonly personId: number;
  /** The group is shown when this is settled. */
  readonly onMade: (chat: Chat) => Promise<void>;
  readonly onClose: () => void;
}

/** Makes a group of some people and the bot. */
export function NewGroup({ people, personId, onMade, onClose }: NewGroupProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [title, setTitle] = useState('');
  const [members, setMembers] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => dialog.current?.showModal(), []);

  const make = async (event: Event) => {
    event.preventDefault();
    try {
      const body = { as: personId, title: title.trim(), members: [personId, ...members] };
      await onMade(await postJson<Chat>('/telegram/chats', body));
      dialog.current?.close();
    } catch (error) {
      notify(inWords(error), 'error');
    }
  };
  const toggle = (id: number) => {
    const others = [...members].filter((member) => member !== id);
    setMembers(new Set(members.has(id) ? others : [...others, id]));
  };

  return (
    <dialog ref={dialog} class="card dialog" aria-label="New group" onClose={onClose}>
      <form onSubmit={make}>
        <h2>New group with the bot</h2>
        <label>
          Name of the group
          <input
            value={title}
            required
            maxLength={128}
            onInput={(event) => setTitle(event.currentTarget.value)}
          />
        </label>
        <fieldset>
          <legend>Who is in it besides you</legend>
          {people
            .filter(({ id }) => id !== personId)
            .map((person) => (
              <label key={person.id} class="check">
                <input type="checkbox" checked={members.has(person.id)} onChange={() => toggle(person.id)} />
                {nameOf(person)}
              </label>
            ))}
        </fieldset>
        <div class="dialog-buttons">
          <button type="button" class="secondary" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="primary">
            Make the group
          </button>
        </div>
      </form>
    </dialog>
  );
}
