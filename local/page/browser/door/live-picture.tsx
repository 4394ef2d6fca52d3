import type { DoorFrame } from '../../door-frame.ts';
import { pictureUrl } from './use-door.ts';

/** The camera's picture with a box around each face, and who it is. */
export function LivePicture({ frame }: { frame: DoorFrame }) {
  const percent = (ratio: number) => `${(ratio * 100).toFixed(2)}%`;
  return (
    <figure class="live-picture" style={{ aspectRatio: `${frame.width} / ${frame.height}` }}>
      <img src={pictureUrl(frame)} width={frame.width} height={frame.height} alt="What the camera sees" />
      {frame.faces.map(({ box, ...face }, index) => (
        <div
          key={index}
          class={`face ${face.kind}`}
          title={certaintyOf(face)}
          style={{
            left: percent(box.left),
            top: percent(box.top),
            width: percent(box.width),
            height: percent(box.height),
          }}
        >
          <span class={`face-name ${isBelow(box, face) ? 'below' : ''} ${box.left > 0.6 ? 'end' : ''}`}>
            {wordsFor(face)}
          </span>
        </div>
      ))}
    </figure>
  );
}

type Face = DoorFrame['faces'][number];

/** Guests' names are above, where there is room, and what is said of others below: so it never covers a name. */
function isBelow(box: Face['box'], { kind }: Omit<Face, 'box'>): boolean {
  return box.top < 0.12 || (kind !== 'known' && box.top + box.height < 0.88);
}

/** Who a face is, or why it is nobody. */
export function wordsFor({ kind, name, unusable }: Omit<Face, 'box'>): string {
  if (kind === 'known') return `${name}`;
  return kind === 'unknown' ? 'Unknown' : `${unusable}`;
}

/** How sure that is, for who wants to know. */
export const certaintyOf = ({ similarity }: Omit<Face, 'box'>): string | undefined =>
  similarity === undefined ? undefined : `${Math.round(similarity)} % alike`;
