import type { CameraState } from '../../../camera/state.ts';
import { CameraIcon } from '../icons.tsx';
import { CameraChoice } from './camera-choice.tsx';
import { LivePicture, wordsFor } from './live-picture.tsx';
import { SongsAloud } from './songs-aloud.tsx';
import { useDoor } from './use-door.ts';
import { useWebcam } from './use-webcam.ts';

/** What the camera sees, who is recognised, and which camera it is. */
export function DoorPanel() {
  const { connection, state, frame, setState } = useDoor();
  const camera = state?.camera;
  const webcam = useWebcam(camera?.source);
  const live = camera?.status === 'live' && frame !== undefined && connection !== 'lost';
  const showsPicture = frame !== undefined && camera !== undefined && camera.source !== 'off';
  const recognition = live ? frame.recognition : (state?.recognition ?? 'off');

  return (
    <section class="door card" aria-labelledby="door-title">
      <header>
        <h2 id="door-title">At the door</h2>
        <p
          class={`status ${connection === 'lost' ? 'lost' : (camera?.status ?? 'connecting')}`}
          role="status"
        >
          {connection === 'lost' ? 'No connection. Trying again…' : camera ? statusOf(camera) : 'Looking…'}
        </p>
      </header>
      {showsPicture ? (
        <div class={live ? 'stage' : 'stage stale'}>
          <LivePicture frame={live ? frame : { ...frame, faces: [] }} />
        </div>
      ) : (
        <div class="stage empty">
          <CameraIcon />
          <p>{camera?.message ?? 'Choose a camera, and see here who comes.'}</p>
        </div>
      )}
      {showsPicture && camera.message && <p class="hint">{camera.message}</p>}
      {live && (
        <div class="seen">
          {recognition === 'off' ? (
            <p>
              Recognition is off. It starts with <code>/start_party</code> in the chat.
            </p>
          ) : frame.faces.length === 0 ? (
            <p>Recognition is on. Nobody is in the picture.</p>
          ) : (
            <ul aria-label="Faces in the picture">
              {frame.faces.map((face, index) => (
                <li key={index} class={face.kind}>
                  {wordsFor(face)}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      {camera && (
        <CameraChoice
          camera={camera}
          sendsWebcam={webcam.sends}
          onChosen={setState}
          onWebcam={webcam.begin}
        />
      )}
      <SongsAloud />
    </section>
  );
}

function statusOf(camera: CameraState): string {
  switch (camera.status) {
    case 'off':
      return 'Off';
    case 'connecting':
      return 'Connecting…';
    case 'live':
      return `Live · ${camera.width} × ${camera.height}${rateOf(camera)}`;
    case 'lost':
      return 'No picture';
    case 'ended':
      return 'Ended';
  }
}

const rateOf = ({ framesPerSecond }: CameraState) =>
  framesPerSecond > 0 ? ` · ${framesPerSecond.toFixed(1)} a second` : '';
