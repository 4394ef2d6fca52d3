import { useRef, useState } from 'preact/hooks';
import type { DoorFrame, DoorState } from '../../door-frame.ts';
import { type Connection, useLiveEvents } from '../live-events.ts';

/** What is known of the door. */
export interface Door {
  readonly connection: Connection;
  readonly state?: DoorState;
  /** The newest frame whose picture is loaded: picture and boxes always belong together. */
  readonly frame?: DoorFrame;
  readonly setState: (state: DoorState) => void;
}

/** Where a frame's picture is. */
export const pictureUrl = ({ time }: DoorFrame) => `/door/pictures/${time}`;

/** Follows the door. A frame is shown once its picture is there; meanwhile only the newest of those after it waits. */
export function useDoor(): Door {
  const [state, setState] = useState<DoorState>();
  const [frame, setFrame] = useState<DoorFrame>();
  const loading = useRef(false);
  const next = useRef<DoorFrame | undefined>(undefined);

  const show = async (newest: DoorFrame) => {
    next.current = newest;
    if (loading.current) return;
    loading.current = true;
    while (next.current) {
      const current: DoorFrame = next.current;
      next.current = undefined;
      const picture = new Image();
      picture.src = pictureUrl(current);
      await picture.decode().then(
        () => setFrame(current),
        () => {}, // Not kept any more: the next one will do.
      );
    }
    loading.current = false;
  };

  const connection = useLiveEvents('/door/events', { camera: setState, frame: show });
  return { connection, setState, ...(state && { state }), ...(frame && { frame }) };
}
