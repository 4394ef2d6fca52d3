import { useContext, useRef, useState } from 'preact/hooks';
import type { CameraSource, CameraState } from '../../../camera/state.ts';
import type { DoorState } from '../../door-frame.ts';
import { inWords, postForm, postJson } from '../http.ts';
import { notify } from '../notices.tsx';
import { OffersContext } from '../offers.ts';

interface CameraChoiceProps {
  readonly camera: CameraState;
  /** Whether this page is the webcam. */
  readonly sendsWebcam: boolean;
  readonly onChosen: (state: DoorState) => void;
  readonly onWebcam: () => void;
}

const labels: Readonly<Record<CameraSource, string>> = {
  webcam: 'Webcam',
  file: 'Video file',
  rtsp: 'My camera',
  off: 'Off',
};

/** Which camera looks at the door. */
export function CameraChoice({ camera, sendsWebcam, onChosen, onWebcam }: CameraChoiceProps) {
  const { askForCamera } = useContext(OffersContext);
  const file = useRef<HTMLInputElement>(null);
  const [progress, setProgress] = useState<number>();
  const [wished, setWished] = useState<boolean>();
  const loop = wished ?? camera.video?.loop ?? false;

  const choose = async (source: CameraSource, options: { loop?: boolean } = {}) => {
    try {
      onChosen(await postJson<DoorState>('/door/camera', { source, ...options }));
      if (source === 'webcam') onWebcam();
    } catch (error) {
      notify(inWords(error), 'error');
    }
  };
  const upload = async (video: File | undefined) => {
    if (!video) return;
    const form = new FormData();
    form.set('file', video);
    setProgress(0);
    try {
      onChosen(await postForm<DoorState>(`/door/camera?loop=${loop ? 1 : 0}`, form, setProgress));
    } catch (error) {
      notify(inWords(error), 'error');
    } finally {
      setProgress(undefined);
    }
  };

  /** What has to be asked first, in place of a choice that is made at once. */
  const toAsk: Readonly<Partial<Record<CameraSource, () => void>>> = {
    file: () => (camera.video ? choose('file') : file.current?.click()),
    ...(!camera.rtspAvailable && { rtsp: askForCamera }),
  };

  return (
    <div class="camera-choice">
      <div class="segments" role="radiogroup" aria-label="Camera">
        {(['webcam', 'file', 'rtsp', 'off'] as const).map((source) => (
          <label key={source}>
            <input
              type="radio"
              name="camera"
              checked={camera.source === source}
              onClick={(event) => {
                const ask = toAsk[source];
                if (!ask) return;
                event.preventDefault();
                ask();
              }}
              onChange={() => !toAsk[source] && choose(source)}
            />
            <span>{source === 'webcam' && camera.phone ? 'Phone' : labels[source]}</span>
          </label>
        ))}
      </div>
      {camera.source === 'rtsp' && (
        <div class="file-choice">
          {camera.address && <span class="title">{camera.address}</span>}
          <button type="button" class="secondary" onClick={askForCamera}>
            Another camera
          </button>
        </div>
      )}
      {camera.source === 'webcam' && !sendsWebcam && (
        <button
          type="button"
          class="secondary"
          onClick={() => (camera.phone ? choose('webcam') : onWebcam())}
        >
          Use this computer’s webcam{camera.phone && ' instead'}
        </button>
      )}
      {(camera.source === 'file' || progress !== undefined) && (
        <div class="file-choice">
          {camera.video && <span class="title">{camera.video.name}</span>}
          <button type="button" class="secondary" onClick={() => file.current?.click()}>
            {camera.video ? 'Choose another' : 'Choose a video'}
          </button>
          {camera.video && (
            <button type="button" class="secondary" onClick={() => choose('file')}>
              Play from the start
            </button>
          )}
          <label class="check">
            <input
              type="checkbox"
              checked={loop}
              disabled={progress !== undefined} // It is sent with the video: later it would be lost.
              onChange={() => {
                setWished(!loop);
                choose('file', { loop: !loop }).then(() => setWished(undefined));
              }}
            />
            Loop
          </label>
        </div>
      )}
      {progress !== undefined && (
        <label class="hint">
          {progress < 1 ? 'Sending the video…' : 'Looking at the video…'}
          <progress value={progress} max={1} />
        </label>
      )}
      <input
        ref={file}
        type="file"
        accept="video/*"
        hidden
        aria-label="Video file for the camera"
        onChange={(event) => {
          upload(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}
