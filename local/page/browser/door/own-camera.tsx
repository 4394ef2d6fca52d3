import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { inWords, postForBlob, postJson } from '../http.ts';
import { PhoneAsCamera } from './phone-camera.tsx';

interface OwnCameraProps {
  readonly onUsed: () => void;
  readonly onClose: () => void;
}

/** A camera by its address: tried, seen, and made the one at the door. */
export function OwnCamera({ onUsed, onClose }: OwnCameraProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [camera, setCamera] = useState({ address: '', user: '', password: '' });
  const [trying, setTrying] = useState(false);
  const [picture, setPicture] = useState<string>();
  const [problem, setProblem] = useState<string>();
  /** A phone was invited to be the camera. */
  const [phone, setPhone] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => () => picture && URL.revokeObjectURL(picture), [picture]);

  const change = (part: Partial<typeof camera>) => {
    setCamera((before) => ({ ...before, ...part }));
    setPicture(undefined);
    setProblem(undefined);
  };
  const attempt = async (what: () => Promise<void>) => {
    setTrying(true);
    setProblem(undefined);
    await what().catch((error) => setProblem(inWords(error)));
    setTrying(false);
  };
  const look = () =>
    attempt(async () => setPicture(URL.createObjectURL(await postForBlob('/door/camera/try', camera))));
  const use = () =>
    attempt(async () => {
      await postJson('/door/camera/use', camera);
      onUsed();
    });

  return (
    <dialog ref={dialog} class="card dialog" aria-labelledby={titleId} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (phone) return;
          if (picture) use();
          else look();
        }}
      >
        <h2 id={titleId}>{phone ? 'Your phone as the camera' : 'My camera'}</h2>
        {!phone && (
          <>
            <label>
              Its address
              <input
                value={camera.address}
                placeholder="rtsp://192.168.1.20/stream1"
                autocomplete="off"
                spellcheck={false}
                required
                onInput={({ currentTarget }) => change({ address: currentTarget.value })}
              />
            </label>
            <details>
              <summary>User name and password, if they aren’t in the address</summary>
              <label>
                User name
                <input
                  value={camera.user}
                  autocomplete="off"
                  spellcheck={false}
                  onInput={({ currentTarget }) => change({ user: currentTarget.value })}
                />
              </label>
              <label>
                Password
                <input
                  type="password"
                  value={camera.password}
                  autocomplete="off"
                  onInput={({ currentTarget }) => change({ password: currentTarget.value })}
                />
              </label>
            </details>
            {picture && <img class="preview" src={picture} alt="What your camera sees" />}
            <p class={problem ? 'problem' : 'hint'} role="status">
              {trying
                ? 'Looking…'
                : (problem ?? (picture ? 'That’s what I see.' : 'The address stays on this machine.'))}
            </p>
          </>
        )}
        <PhoneAsCamera onInvited={() => setPhone(true)} />
        <div class="dialog-buttons">
          {phone ? (
            <button type="button" class="primary" onClick={onUsed}>
              Done
            </button>
          ) : (
            <>
              <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
                Cancel
              </button>
              <button type="submit" class="primary" disabled={trying || camera.address.trim() === ''}>
                {picture ? 'Use this camera' : 'Try it'}
              </button>
            </>
          )}
        </div>
      </form>
    </dialog>
  );
}
