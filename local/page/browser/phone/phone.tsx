import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Facing, sendWebcam, WebcamError } from '../door/webcam.ts';
import './phone.css';

/** Beside this page, below its link's secret. */
const paths = { frames: 'frames', metronome: 'metronome.js' };

/** A phone's page: its camera is the one at the door. */
function Phone() {
  const video = useRef<HTMLVideoElement>(null);
  const [sends, setSends] = useState(false);
  const [facing, setFacing] = useState<Facing>('environment');
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (!sends) return;
    const ending = new AbortController();
    setProblem(undefined);
    sendWebcam(ending.signal, { ...paths, facing, show: video.current })
      .then(() => !ending.signal.aborted && setProblem('Another camera was chosen on the computer.'))
      .catch((error) =>
        setProblem(error instanceof WebcamError ? error.message : `The camera stopped: ${error}`),
      )
      .finally(() => !ending.signal.aborted && setSends(false));
    return () => ending.abort();
  }, [sends, facing]);
  return (
    <main>
      <h1>Musical Joy</h1>
      <video ref={video} muted playsInline aria-label="What this phone sees" hidden={!sends} />
      <p role="status">
        {problem ??
          (sends
            ? 'This phone is the camera at the door. Leave this page open, and put the phone on its charger.'
            : 'This phone can be the camera at the door. It sends pictures to your computer, and to nobody else.')}
      </p>
      <p>
        {sends ? (
          <>
            <button type="button" onClick={() => setFacing(facing === 'user' ? 'environment' : 'user')}>
              Other side
            </button>
            <button type="button" onClick={() => setSends(false)}>
              Stop
            </button>
          </>
        ) : (
          <button type="button" class="primary" onClick={() => setSends(true)}>
            Be the camera
          </button>
        )}
      </p>
    </main>
  );
}

render(<Phone />, document.body);
