import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { grabPicture, openWebcam, WebcamError } from '../door/webcam.ts';

interface GuestPhotoProps {
  readonly onPhoto: (photo: File, name: string) => void;
  readonly onClose: () => void;
}

/** Makes whoever is at the page a guest: a photo by the webcam, or one that is at hand, and a name. */
export function GuestPhoto({ onPhoto, onClose }: GuestPhotoProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const titleId = useId();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isLive, setLive] = useState(false);
  const named = name.trim() !== '';

  useEffect(() => {
    dialog.current?.showModal();
    let stream: MediaStream | undefined;
    let isClosed = false;
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    openWebcam()
      .then(async (opened) => {
        stream = opened;
        if (isClosed || !video.current) return stop();
        video.current.srcObject = opened;
        await video.current.play();
        setLive(true);
      })
      .catch((error) => {
        if (!isClosed) setProblem(error instanceof WebcamError ? error.message : String(error));
      });
    return () => {
      isClosed = true;
      stop();
    };
  }, []);

  const take = async () => {
    const picture = video.current && (await grabPicture(video.current));
    if (picture) onPhoto(new File([picture], 'photo.jpg', { type: picture.type }), name.trim());
  };

  return (
    <dialog ref={dialog} class="card dialog" aria-labelledby={titleId} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (named && isLive) take();
        }}
      >
        <h2 id={titleId}>A photo of you</h2>
        {problem ? (
          <p>{problem}</p>
        ) : (
          <video ref={video} class="preview" muted playsInline aria-label="Your webcam" />
        )}
        <label>
          Your name
          <input
            value={name}
            maxLength={60}
            autocomplete="given-name"
            required
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <p class="hint">Look into the camera, with light on your face. The photo stays on this machine.</p>
        <div class="dialog-buttons">
          <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="button" class="secondary" disabled={!named} onClick={() => file.current?.click()}>
            Choose a photo
          </button>
          <button type="submit" class="primary" disabled={!named || !isLive}>
            Take the photo
          </button>
        </div>
        <input
          ref={file}
          type="file"
          accept="image/*"
          hidden
          aria-label="A photo of you"
          onChange={({ currentTarget }) => {
            const chosen = currentTarget.files?.[0];
            if (chosen) onPhoto(chosen, name.trim());
          }}
        />
      </form>
    </dialog>
  );
}
