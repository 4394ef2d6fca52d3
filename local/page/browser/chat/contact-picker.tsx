import type { KeyboardButtonRequestUsers } from 'grammy/types';
import { useEffect, useRef, useState } from 'preact/hooks';
import { inWords } from '../http.ts';
import { CloseIcon } from '../icons.tsx';
import { notify } from '../notices.tsx';
import { Preview } from './attachments.tsx';
import { type Contact, contactOf, shareContacts } from './contacts.ts';
import type { Message } from './types.ts';

interface ContactPickerProps {
  readonly request: KeyboardButtonRequestUsers;
  readonly chatId: number;
  readonly personId: number;
  readonly onShared: (message: Message) => void;
  readonly onClose: () => void;
}

/** In place of the contacts on a phone: pictures of people, each with a name. */
export function ContactPicker({ request, chatId, personId, onShared, onClose }: ContactPickerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const [contacts, setContacts] = useState<readonly Contact[]>([]);
  const [progress, setProgress] = useState<number>();
  const { request_id: requestId, max_quantity: most = 1 } = request;
  useEffect(() => dialog.current?.showModal(), []);

  const choose = (chosen: Iterable<File>) => {
    const all = [...contacts, ...[...chosen].map(contactOf)];
    if (all.length > most) notify(`At most ${most} at once: the first ${most} are here.`);
    setContacts(all.slice(0, most));
  };
  const rename = (id: number, name: string) =>
    setContacts((all) => all.map((one) => (one.id === id ? { ...one, name } : one)));
  const share = async (event: Event) => {
    event.preventDefault();
    setProgress(0);
    try {
      onShared(await shareContacts({ chatId, as: personId, requestId }, contacts, setProgress));
      dialog.current?.close();
    } catch (error) {
      notify(inWords(error), 'error');
    } finally {
      setProgress(undefined);
    }
  };

  return (
    <dialog ref={dialog} class="card dialog" aria-label="Contacts" onClose={onClose}>
      <form onSubmit={share}>
        <h2>Contacts</h2>
        <p class="hint">On this machine a contact is a picture with a name. Choose up to {most}.</p>
        <button type="button" class="secondary" onClick={() => files.current?.click()}>
          Choose pictures
        </button>
        <input
          ref={files}
          type="file"
          accept="image/jpeg,image/png,image/webp"
          multiple
          hidden
          aria-label="Pictures of contacts"
          onChange={(event) => {
            choose([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
        {contacts.length > 0 && (
          <ul class="contacts" aria-label="Chosen contacts">
            {contacts.map(({ id, name, file }) => (
              <li key={id}>
                <Preview file={file} kind="photo" />
                <input
                  value={name}
                  required
                  maxLength={64}
                  aria-label={`Name for ${file.name}`}
                  onInput={(event) => rename(id, event.currentTarget.value)}
                />
                <button
                  type="button"
                  class="quiet"
                  aria-label={`Remove ${file.name}`}
                  onClick={() => setContacts((all) => all.filter((one) => one.id !== id))}
                >
                  <CloseIcon />
                </button>
              </li>
            ))}
          </ul>
        )}
        {progress !== undefined && <progress value={progress} max={1} aria-label="Sharing" />}
        <div class="dialog-buttons">
          <button type="button" class="secondary" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={contacts.length === 0 || progress !== undefined}>
            Share
          </button>
        </div>
      </form>
    </dialog>
  );
}
