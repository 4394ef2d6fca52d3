interface ComeInProps {
  readonly name: string;
  readonly onStart: () => void;
  readonly onClose: () => void;
}

/** After a guest was added by the webcam: the party, and the way in. */
export function ComeIn({ name, onStart, onClose }: ComeInProps) {
  return (
    <aside class="guide" aria-label="Come in">
      <p role="status">
        <bdi>{name}</bdi>, as soon as the chat says that I’ll know you: start the party, step out of the
        webcam’s picture, and come in again.
      </p>
      <div class="guide-buttons">
        <button type="button" class="quiet" onClick={onClose}>
          Not now
        </button>
        <button type="button" class="primary" onClick={onStart}>
          Start the party
        </button>
      </div>
    </aside>
  );
}
