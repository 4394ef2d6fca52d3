import { useState } from 'preact/hooks';
import type { ScreenPicture } from '../../../party/door-screen/told.ts';
import { framed } from './framed-face.ts';

/** A guest's face in a round frame. A picture that cannot be got leaves the frame out. */
export function Portrait({ picture }: { readonly picture: ScreenPicture }) {
  const [state, setState] = useState<'failed' | { width: number; height: number }>();
  if (state === 'failed') return null;
  const placed = state && framed(state, picture.face);
  return (
    <div class={state ? 'portrait' : 'portrait loading'}>
      <img
        src={picture.address}
        alt=""
        style={placed && { width: `${placed.width}%`, left: `${placed.left}%`, top: `${placed.top}%` }}
        onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
          setState({ width, height })
        }
        onError={() => setState('failed')}
      />
    </div>
  );
}
