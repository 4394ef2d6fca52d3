import { useEffect } from 'preact/hooks';
import type { CameraState } from '../../../camera/state.ts';
import type { DoorFrame, DoorState } from '../../door-frame.ts';
import { inWords, postJson } from '../http.ts';
import { CameraIcon } from '../icons.tsx';
import { notify } from '../notices.tsx';
import { CameraChoice } from './camera-choice.tsx';
import { certaintyOf, LivePicture, wordsFor } from './live-picture.tsx';
import { SongsAloud } from './songs-aloud.tsx';
import { useDoor } from './use-door.ts';
import { useWebcam } from './use-webcam.ts';

interface DoorPanelProps {
  /** What the rehearsal shows just now, if that is what the camera sees. */
  readonly rehearsal: string | undefined;
  /** How often it was asked that this computer's webcam be the camera. */
  readonly webcamAsked: number;
}

/** What the camera sees, who is recognised, and which camera it is. */
export function DoorPanel({ rehearsal, webcamAsked }: DoorPanelProps) {
  const { connection, state, frame, setState } = useDoor();
  const camera = state?.camera;
  const webcam = useWebcam(camera && (camera.phone ? 'phone' : camera.source));
  useEffect(() => {
    if (webcamAsked === 0) return;
    postJson<DoorState>('/door/camera', { source: 'webcam' }).then(
      (chosen) => {
        setState(chosen);
        webcam.begin();
      },
      (error) => notify(inWords(error), 'error'),
    );
  }, [webcamAsked]);
  const live = camera?.status === 'live' && frame !== undefined && connection !== 'lost';
  const showsPicture = frame !== undefined && camera !== undefined && camera.source !== 'off';

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
      {live && state?.isTooSlow && (
        <p class="too-slow" role="status">
          This computer is too busy: I look less than twice in three seconds, and may miss people. Close other
          programs.
        </p>
      )}
      {live && <Seen frame={frame} party={frame.recognition === 'on' || (state?.party ?? false)} />}
      {rehearsal !== undefined ? (
        <p>
          <span class="tag">Rehearsal</span> <span class="telling">{rehearsal}</span>
        </p>
      ) : (
        camera && (
          <CameraChoice
            camera={camera}
            sendsWebcam={webcam.sends}
            onChosen={setState}
            onWebcam={webcam.begin}
          />
        )
      )}
      <SongsAloud also={rehearsal !== undefined} />
    </section>
  );
}

/** Who is there, in words, and what comes of it. */
function Seen({ frame, party }: { readonly frame: DoorFrame; readonly party: boolean }) {
  return (
    <div class="seen">
      {frame.faces.length === 0 ? (
        <p>I see no clear face.</p>
      ) : (
        <ul aria-label="Faces in the picture">
          {frame.faces.map((face, index) => (
            <li key={index} class={face.kind} title={certaintyOf(face)}>
              {wordsFor(face)}
            </li>
          ))}
        </ul>
      )}
      <p class="hint">
        {party ? (
          'The party is on: I announce whoever I know.'
        ) : (
          <>
            No party is on: I announce nobody. <code>/start_party</code> in the chat begins one.
          </>
        )}
      </p>
    </div>
  );
}

function statusOf(camera: CameraState): string {
  switch (camera.status) {
    case 'off':
      return 'Off';
    case 'connecting':
      return 'Connecting…';
    case 'live':
      return `Watching · ${camera.width} × ${camera.height}${rateOf(camera)}`;
    case 'lost':
      return 'No picture';
    case 'ended':
      return 'Ended';
  }
}

const rateOf = ({ framesPerSecond }: CameraState) =>
  framesPerSecond > 0 ? ` · ${framesPerSecond.toFixed(1)} a second` : '';
