import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { grabPicture, openWebcam, WebcamError } from '../door/webcam.ts';

/** Who becomes a guest: whoever is at the page, or somebody else. */
export type Whose = 'me' | 'guest';

interface GuestPhotoProps {
  readonly whose: Whose;
  readonly onPhoto: (photo: File, name: string) => void;
  readonly onClose: () => void;
}

const words: Readonly<Record<Whose, { title: string; name: string; hint: string }>> = {
  me: {
    title: 'A photo of you',
    name: 'Your name',
    hint: 'Look into the camera, with light on your face. The photo stays on this machine.',
  },
  guest: {
    title: 'A photo of your guest',
    name: 'The guest’s name',
    hint: 'One that you have, or one by the webcam: the face from the front, with light on it. It stays on this machine.',
  },
};

/** Makes somebody a guest: a photo by the webcam, or one that is at hand, and a name. */
export function GuestPhoto({ whose, onPhoto, onClose }: GuestPhotoProps) {
  const text = words[whose];
  const dialog = useRef<HTMLDialogElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const titleId = useId();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isLive, setLive] = useState(false);

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
          if (isLive) take();
        }}
      >
        <h2 id={titleId}>{text.title}</h2>
        {problem ? (
          <p>{problem}</p>
        ) : (
          <video ref={video} class="preview" muted playsInline aria-label="Your webcam" />
        )}
        <label>
          {text.name}
          <input
            value={name}
            maxLength={60}
            placeholder="The name comes first"
            // More than blanks: the browser says so at the field itself.
            pattern=".*\S.*"
            autocomplete={whose === 'me' ? 'given-name' : 'off'}
            required
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <p class="hint">{text.hint}</p>
        <div class="dialog-buttons">
          <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button
            type="button"
            class="secondary"
            onClick={({ currentTarget }) => currentTarget.form?.reportValidity() && file.current?.click()}
          >
            Choose a photo
          </button>
          <button type="submit" class="primary" disabled={!isLive}>
            Take the photo
          </button>
        </div>
        <input
          ref={file}
          type="file"
          accept="image/*"
          hidden
          aria-label={text.title}
          onChange={({ currentTarget }) => {
            const chosen = currentTarget.files?.[0];
            if (chosen) onPhoto(chosen, name.trim());
          }}
        />
      </form>
    </dialog>
  );
}
