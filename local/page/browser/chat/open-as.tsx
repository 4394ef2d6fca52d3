import { useEffect, useId, useRef } from 'preact/hooks';
import { nameOf, type Person } from './types.ts';

interface OpenAsProps {
  /** Those to whom the host could have given the link. */
  readonly people: readonly Person[];
  readonly onOpen: (person: Person) => void;
  readonly onClose: () => void;
}

/** A link that starts the bot is made for somebody else than the host: asks who opens it. */
export function OpenAs({ people, onOpen, onClose }: OpenAsProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="card dialog" aria-labelledby={titleId} onClose={onClose}>
      <form method="dialog">
        <h2 id={titleId}>Who opens this link?</h2>
        <p>It’s for whoever you give it to.</p>
        {people.map((person) => (
          <button type="submit" key={person.id} class="secondary" onClick={() => onOpen(person)}>
            {nameOf(person)}, {person.role}
          </button>
        ))}
        <button type="submit" class="quiet">
          Nobody
        </button>
      </form>
    </dialog>
  );
}
