import { useEffect, useRef } from 'preact/hooks';
import { CloseIcon } from '../icons.tsx';
import { largest } from './media.tsx';
import { fileUrl, type Message } from './types.ts';

/** A photo as large as the window. */
export function Lightbox({ message, onClose }: { message: Message; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { file_id, width, height } = largest(message.photo ?? []);
  return (
    <dialog ref={dialog} class="lightbox" aria-label="Photo" onClose={onClose}>
      <form method="dialog">
        <button type="submit" class="lightbox-picture" aria-label="Close the photo">
          <img src={fileUrl(file_id)} width={width} height={height} alt={message.caption ?? 'Photo'} />
        </button>
        <span class="lightbox-close" aria-hidden="true">
          <CloseIcon />
        </span>
        {message.caption && <p>{message.caption}</p>}
      </form>
    </dialog>
  );
}
