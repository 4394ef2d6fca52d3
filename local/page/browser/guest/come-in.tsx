interface ComeInProps {
  readonly onStart: () => void;
  readonly onClose: () => void;
}

/** After a guest was added by the webcam, and the bot has said that it knows them: the party, and the way in. */
export function ComeIn({ onStart, onClose }: ComeInProps) {
  return (
    <aside class="guide" aria-label="Come in">
      <p role="status">
        I’ll know you now. Start the party, step out of the webcam’s picture, and come in again.
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
