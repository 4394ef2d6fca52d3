import { useEffect, useRef, useState } from 'preact/hooks';

/** `info` and `error` pass by; an `alert` stays until it is read. */
interface Notice {
  readonly id: number;
  readonly kind: 'info' | 'error' | 'alert';
  readonly text: string;
}

const shownFor = 6_000;
let nextId = 1;
let show: (notice: Notice) => void = () => {};

/** Says something to the person at the page. */
export function notify(text: string, kind: Notice['kind'] = 'info'): void {
  show({ id: nextId++, kind, text });
}

/** Where notices appear; the page has one. */
export function Notices() {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const remove = (id: number) => setNotices((all) => all.filter((notice) => notice.id !== id));
  useEffect(() => {
    show = (notice) => {
      setNotices((all) => [...all, notice]);
      if (notice.kind !== 'alert') setTimeout(() => remove(notice.id), shownFor);
    };
  }, []);
  const alert = notices.find(({ kind }) => kind === 'alert');
  return (
    <>
      <div class="notices" role="status" aria-live="polite">
        {notices
          .filter(({ kind }) => kind !== 'alert')
          .map(({ id, kind, text }) => (
            <button type="button" key={id} class={`notice ${kind}`} onClick={() => remove(id)}>
              {text}
            </button>
          ))}
      </div>
      {alert && <Alert key={alert.id} text={alert.text} onClose={() => remove(alert.id)} />}
    </>
  );
}

function Alert({ text, onClose }: { text: string; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="card dialog" role="alertdialog" aria-label="The bot says" onClose={onClose}>
      <p>{text}</p>
      <form method="dialog">
        <button type="submit" class="primary">
          OK
        </button>
      </form>
    </dialog>
  );
}
