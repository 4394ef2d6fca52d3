import { createContext } from 'preact';
import type { Shown } from './rehearsal/use-rehearsal.ts';

/** What a newcomer can try, from wherever on the page it is offered. */
export interface Offers {
  /** *Show me*; undefined where it cannot be shown. */
  readonly rehearsal?: Shown | undefined;
  /** Makes this computer's webcam the camera at the door. */
  readonly useWebcam: () => void;
  /** Opens the dialog for a camera by its address. */
  readonly askForCamera: () => void;
}

export const OffersContext = createContext<Offers>({ useWebcam: () => {}, askForCamera: () => {} });
